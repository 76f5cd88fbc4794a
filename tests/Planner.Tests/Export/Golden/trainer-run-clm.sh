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
# parallelism: hsdp
# micro_batch: 16
# grad_accum: 2
# seq_len: 1024
# precision: bf16-mixed
# gradient_reduce_bytes: 4
# attention: flash
# recomputation: full
# compile: false
set -euo pipefail
: "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
: "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"
export SLM_PLAN_ID=12345678901234e5
# Once, to install the trainer:
#   git clone --depth 1 --branch v4.57.0 https://github.com/huggingface/transformers
#   pip install ./transformers accelerate datasets evaluate deepspeed
# run_clm.py reads DATA as a text or JSON file; TOKENIZER is the tokenizer, whose vocabulary must be the model's.
# Started again with the same OUT it goes on from the last checkpoint there.
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
# parallelism: hsdp
# micro_batch: 16
# grad_accum: 2
# seq_len: 1024
# precision: bf16-mixed
# gradient_reduce_bytes: 4
# attention: flash
# recomputation: full
# compile: false
compute_environment: LOCAL_MACHINE
debug: false
distributed_type: FSDP
machine_rank: 0
main_process_port: 29500
main_training_function: main
mixed_precision: bf16
num_machines: 2
num_processes: 16
rdzv_backend: static
same_network: true
use_cpu: false
fsdp_config:
  fsdp_version: 1
  fsdp_sharding_strategy: HYBRID_SHARD
  fsdp_activation_checkpointing: true
  fsdp_auto_wrap_policy: TRANSFORMER_BASED_WRAP
  fsdp_backward_prefetch: BACKWARD_PRE
  fsdp_offload_params: false
  fsdp_state_dict_type: SHARDED_STATE_DICT
  fsdp_sync_module_states: true
  fsdp_use_orig_params: true
END_OF_FILE
mkdir -p slm-plan-model
cat > slm-plan-model/config.json <<'END_OF_FILE'
{
  "model_type": "llama",
  "architectures": [
    "LlamaForCausalLM"
  ],
  "hidden_size": 1920,
  "intermediate_size": 5184,
  "num_hidden_layers": 19,
  "num_attention_heads": 30,
  "num_key_value_heads": 30,
  "head_dim": 64,
  "vocab_size": 32000,
  "max_position_embeddings": 1024,
  "tie_word_embeddings": false,
  "hidden_act": "silu",
  "attn_implementation": "sdpa"
}
END_OF_FILE
accelerate launch --config_file accelerate.yaml --machine_rank "${NODE_RANK:-0}" \
  --main_process_ip "${MASTER_ADDR:-127.0.0.1}" --main_process_port "${MASTER_PORT:-29500}" \
  "${RUN_CLM:-$HERE/transformers/examples/pytorch/language-modeling/run_clm.py}" \
  --config_name slm-plan-model \
  --tokenizer_name "${TOKENIZER:-gpt2}" \
  --train_file "$DATA" \
  --block_size 1024 \
  --do_train true \
  --output_dir "$OUT" \
  --run_name slm-1b-12345678901234e5 \
  --per_device_train_batch_size 16 \
  --gradient_accumulation_steps 2 \
  --max_steps 38147 \
  --learning_rate 0.001121 \
  --lr_scheduler_type cosine_with_min_lr \
  --lr_scheduler_kwargs '{"min_lr": 1.120668e-4}' \
  --warmup_steps 381 \
  --weight_decay 0.106302 \
  --optim adamw_torch_fused \
  --adam_beta1 0.9 \
  --adam_beta2 0.95 \
  --max_grad_norm 1 \
  --bf16 true \
  --fp16 false \
  --tf32 true \
  --gradient_checkpointing false \
  --torch_compile false \
  --save_strategy steps \
  --save_steps 500 \
  --save_total_limit 2 \
  --logging_steps 10
