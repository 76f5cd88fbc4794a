#!/usr/bin/env bash
# Written by slm-plan export. The plan:
# plan_id: 12345678901234e5
# model: gpt2
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
#   git clone --depth 1 https://github.com/karpathy/nanoGPT
#   pip install torch numpy transformers datasets tiktoken wandb tqdm
# nanoGPT reads DATA as the name of a folder under data/ with train.bin and val.bin. It writes its checkpoint when it evaluates.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
INIT=scratch; [ ! -f "$OUT/ckpt.pt" ] || INIT=resume
cd "${NANOGPT:-nanoGPT}"
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  train.py \
  --out_dir="$OUT" \
  --init_from="$INIT" \
  --dataset="$DATA" \
  --n_layer=12 \
  --n_head=12 \
  --n_embd=768 \
  --bias=True \
  --dropout=0 \
  --block_size=1024 \
  --batch_size=16 \
  --gradient_accumulation_steps=32 \
  --learning_rate=0.005735 \
  --min_lr=5.735083e-4 \
  --weight_decay=0.061315 \
  --beta1=0.9 \
  --beta2=0.95 \
  --grad_clip=1 \
  --max_iters=38147 \
  --lr_decay_iters=38147 \
  --warmup_iters=381 \
  --decay_lr=True \
  --eval_interval=500 \
  --always_save_checkpoint=True \
  --compile=False \
  --dtype=bfloat16
