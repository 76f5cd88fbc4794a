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
#   git clone --depth 1 --branch v0.2.0 https://github.com/pytorch/torchtitan
#   pip install -r torchtitan/requirements.txt && pip install ./torchtitan
# torchtitan reads DATA as a copy of the C4 data set; its tokenizer is expected in ./assets/hf.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
cd "$(mktemp -d)"
mkdir -p .
cat > torchtitan.toml <<'END_OF_FILE'
[job]
description = "slm-1b on 16 x H100-SXM, plan 12345678901234e5"
dump_folder = "OUT_FOLDER"
[experimental]
custom_import = "slm_plan_model"
[model]
name = "llama3"
flavor = "slm-1b"
[optimizer]
name = "AdamW"
lr = 0.0011206681864158335
beta1 = 0.9
beta2 = 0.95
weight_decay = 0.10630155148999954
[lr_scheduler]
warmup_steps = 381
decay_type = "cosine"
min_lr_factor = 0.1
[training]
dataset = "c4"
dataset_path = "DATA_PATH"
local_batch_size = 16
global_batch_size = 512
seq_len = 1024
max_norm = 1.0
steps = 38147
dtype = "float32"
mixed_precision_param = "bfloat16"
mixed_precision_reduce = "float32"
[parallelism]
data_parallel_replicate_degree = 2
data_parallel_shard_degree = 8
fsdp_reshard_after_forward = "always"
[activation_checkpoint]
mode = "full"
[compile]
enable = false
[checkpoint]
enable = true
folder = "checkpoint"
interval = 500
last_save_model_only = false
keep_latest_k = 2
END_OF_FILE
mkdir -p .
cat > slm_plan_model.py <<'END_OF_FILE'
from torchtitan.models.llama3 import TransformerModelArgs, llama3_configs

llama3_configs["slm-1b"] = TransformerModelArgs(
    dim=1920, n_layers=19, n_heads=30, n_kv_heads=30,
    vocab_size=32000, multiple_of=1, ffn_dim_multiplier=1.01259765625, max_seq_len=1024,
)
END_OF_FILE
sed -i "s|OUT_FOLDER|$OUT|; s|DATA_PATH|$DATA|" torchtitan.toml
export PYTHONPATH="$PWD:${PYTHONPATH:-}"
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  -m torchtitan.train --job.config_file torchtitan.toml
