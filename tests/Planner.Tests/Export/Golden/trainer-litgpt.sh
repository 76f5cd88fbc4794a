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
# recomputation: none
# compile: false
set -euo pipefail
: "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
: "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"
export SLM_PLAN_ID=12345678901234e5
# Once, to install the trainer:
#   pip install 'litgpt[all]'
# litgpt reads DATA as data that litdata has prepared.
# litgpt always compiles the model; the plan counted without, so it may be faster than planned.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
cd "$(mktemp -d)"
mkdir -p .
cat > litgpt.yaml <<'END_OF_FILE'
model_name: slm-1b
model_config:
  name: slm-1b
  block_size: 1024
  vocab_size: 32000
  padded_vocab_size: 32000
  n_layer: 19
  n_head: 30
  n_query_groups: 30
  n_embd: 1920
  head_size: 64
  intermediate_size: 5184
  mlp_class_name: LLaMAMLP
  norm_class_name: RMSNorm
  rotary_percentage: 1
  parallel_residual: false
  bias: false
out_dir: OUT_FOLDER
resume: auto
precision: bf16-mixed
data:
  class_path: litgpt.data.LitData
  init_args:
    data_path: DATA_PATH
train:
  save_interval: 500
  global_batch_size: 512
  micro_batch_size: 16
  lr_warmup_steps: 381
  max_tokens: 20000000000
  max_seq_length: 1024
  tie_embeddings: false
  max_norm: 1
  min_lr: 0.000112066818641583
optimizer:
  class_path: torch.optim.AdamW
  init_args:
    lr: 0.00112066818641583
    weight_decay: 0.10630155149
    betas:
    - 0.9
    - 0.95
devices: 8
num_nodes: 2
END_OF_FILE
sed -i "s|OUT_FOLDER|$OUT|; s|DATA_PATH|$DATA|" litgpt.yaml
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  -m litgpt pretrain --config litgpt.yaml
