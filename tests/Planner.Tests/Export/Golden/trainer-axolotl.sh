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
# parallelism: fsdp_full
# micro_batch: 16
# grad_accum: 2
# seq_len: 1024
# precision: bf16-mixed
# gradient_reduce_bytes: 4
# attention: flash
# recomputation: full
# compile: false
# method: lora
# rank: 32
# targets: all
# base_bits: 16
set -euo pipefail
: "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
: "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"
export SLM_PLAN_ID=12345678901234e5
# Once, to install the trainer:
#   pip install packaging ninja
#   pip install --no-build-isolation 'axolotl[flash-attn,deepspeed]>=0.12'
# axolotl reads DATA as a data set on the hub or a file of JSON lines with messages.
# Rates are those of the examples of such programs; the planner has no rule for fine-tuning.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
cd "$(mktemp -d)"
mkdir -p .
cat > axolotl.yaml <<'END_OF_FILE'
base_model: BASE_MODEL
output_dir: OUT_FOLDER
dataset_prepared_path: OUT_FOLDER/prepared
datasets:
- path: DATA_PATH
  type: chat_template
sequence_len: 1024
sample_packing: true
pad_to_sequence_len: true
micro_batch_size: 16
gradient_accumulation_steps: 2
num_epochs: 3
learning_rate: 0.0002
lr_scheduler: cosine
warmup_ratio: 0.1
optimizer: adamw_torch_fused
weight_decay: 0
bf16: true
fp16: false
tf32: false
attn_implementation: flash_attention_2
gradient_checkpointing: true
torch_compile: false
save_steps: 500
save_total_limit: 2
logging_steps: 10
auto_resume_from_checkpoints: true
adapter: lora
load_in_4bit: false
load_in_8bit: false
lora_r: 32
lora_alpha: 64
lora_dropout: 0
lora_target_linear: true
fsdp_version: 2
fsdp_config:
  reshard_after_forward: true
  auto_wrap_policy: TRANSFORMER_BASED_WRAP
  state_dict_type: FULL_STATE_DICT
  offload_params: false
END_OF_FILE
: "${BASE:?set BASE to the base model, a name on the Hugging Face hub or a folder}"
sed -i "s|OUT_FOLDER|$OUT|; s|DATA_PATH|$DATA|; s|BASE_MODEL|$BASE|" axolotl.yaml
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  -m axolotl.cli.train axolotl.yaml
