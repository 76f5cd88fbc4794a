#!/usr/bin/env bash
# Written by slm-plan export. The plan:
# plan_id: 12345678901234e5
# model: nanochat-d20
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
set -euo pipefail
: "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
: "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"
export SLM_PLAN_ID=12345678901234e5
# Once, to install the trainer:
#   git clone --depth 1 https://github.com/karpathy/nanochat
#   pip install uv && (cd nanochat && uv sync --extra gpu)
# nanochat reads DATA as its folder of data, and needs its tokenizer in OUT. Its optimizer is Muon: its own rates are kept.
# nanochat always compiles the model; the plan counted without, so it may be faster than planned.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
export NANOCHAT_BASE_DIR="$OUT"
ln -sfn "$DATA" "$OUT/base_data"
STEP=$( (ls "$OUT/base_checkpoints/12345678901234e5" 2> /dev/null || true) | sed -n 's/^meta_0*\([0-9][0-9]*\)\.json$/\1/p' | sort -n | tail -n 1)
STEP=${STEP:--1}
cd "${NANOCHAT:-nanochat}"
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  -m scripts.base_train -- \
  --depth 20 \
  --aspect-ratio 64 \
  --head-dim 128 \
  --max-seq-len 1024 \
  --device-batch-size 16 \
  --total-batch-size 524288 \
  --num-iterations 38147 \
  --warmup-steps 381 \
  --save-every 500 \
  --run nanochat-d20-12345678901234e5 \
  --model-tag 12345678901234e5 \
  --resume-from-step "$STEP"
