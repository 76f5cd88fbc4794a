#!/usr/bin/env bash
# Written by slm-plan export. The plan:
# plan_id: 12345678901234e5
# model: slm-1b
# tokens: 20000000000
# provider: lambda
# instance_type: gpu_8x_h100_sxm5
# region: us-south-2
# gpu: H100-SXM
# nodes: 2
# gpus_per_node: 8
# gpus: 16
# parallelism: ddp
# micro_batch: 16
# grad_accum: 2
# seq_len: 1024
# precision: bf16-mixed
# gradient_reduce_bytes: 4
# attention: flash
# recomputation: none
# compile: false
# method: qlora
# rank: 32
# targets: all
# base_bits: 4
set -euo pipefail
: "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
: "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"
export SLM_PLAN_ID=12345678901234e5
# Once, to install the trainer:
#   pip install 'trl>=1.7' peft bitsandbytes accelerate deepspeed
#   pip install flash-attn --no-build-isolation
# DATA is a data set on the hub, or a folder of JSON lines with messages, or with prompt and completion, or with text.
# Rates are those of the program's own example; the planner has no rule for fine-tuning.
# Its script does not go on from a checkpoint: started again it begins anew, and checkpoints in OUT are for a script of your own.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
cd "$(mktemp -d)"
mkdir -p .
cat > accelerate.yaml <<'END_OF_FILE'
# Written by slm-plan export. The plan:
# plan_id: 12345678901234e5
# model: slm-1b
# tokens: 20000000000
# provider: lambda
# instance_type: gpu_8x_h100_sxm5
# region: us-south-2
# gpu: H100-SXM
# nodes: 2
# gpus_per_node: 8
# gpus: 16
# parallelism: ddp
# micro_batch: 16
# grad_accum: 2
# seq_len: 1024
# precision: bf16-mixed
# gradient_reduce_bytes: 4
# attention: flash
# recomputation: none
# compile: false
# method: qlora
# rank: 32
# targets: all
# base_bits: 4
compute_environment: LOCAL_MACHINE
debug: false
distributed_type: MULTI_GPU
machine_rank: 0
main_process_port: 29500
main_training_function: main
mixed_precision: bf16
num_machines: 2
num_processes: 16
rdzv_backend: static
same_network: true
use_cpu: false
END_OF_FILE
: "${BASE:?set BASE to the base model, a name on the Hugging Face hub or a folder}"
accelerate launch --config_file accelerate.yaml --machine_rank "${NODE_RANK:-0}" \
  --main_process_ip "${MASTER_ADDR:-127.0.0.1}" --main_process_port "${MASTER_PORT:-29500}" \
  -m trl.scripts.sft \
  --model_name_or_path "$BASE" \
  --dataset_name "$DATA" \
  --output_dir "$OUT" \
  --run_name slm-1b-12345678901234e5 \
  --dtype bfloat16 \
  --attn_implementation flash_attention_2 \
  --max_length 1024 \
  --packing true \
  --per_device_train_batch_size 16 \
  --gradient_accumulation_steps 2 \
  --num_train_epochs 3 \
  --learning_rate 2e-4 \
  --lr_scheduler_type cosine \
  --warmup_ratio 0.1 \
  --optim adamw_torch_fused \
  --bf16 true \
  --fp16 false \
  --gradient_checkpointing false \
  --torch_compile false \
  --save_strategy steps \
  --save_steps 500 \
  --save_total_limit 2 \
  --logging_steps 10 \
  --loss_type nll \
  --use_peft true \
  --lora_r 32 \
  --lora_alpha 64 \
  --lora_dropout 0 \
  --lora_target_modules all-linear \
  --load_in_4bit true \
  --bnb_4bit_quant_type nf4 \
  --use_bnb_nested_quant true
