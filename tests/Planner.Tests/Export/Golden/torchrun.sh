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
# The recipe that it takes, for AdamW:
# steps: 38147
# batch_tokens: 524288
# learning_rate: 0.001
# lr_schedule: cosine
# warmup_steps: 381
# final_learning_rate: 0.0001
# weight_decay: 0.1
# beta1: 0.9
# beta2: 0.95
# clip_norm: 1
# Batch: 524k tokens a step. Least compute at 442k (Step Law); free range 221k to 884k; a fifth more tokens at 1.2M (critical batch, recalled); knee at 5.5M (Power Lines, recalled).
# Peak learning rate 1.00e-3 (Step Law), 9.00e-4 (DeepSeek): the first is used. Weight decay 0.1 (AdamW time scale, recalled).
set -euo pipefail
: "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
: "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"
export SLM_PLAN_ID=12345678901234e5
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  "${TRAIN_SCRIPT:-train.py}" --model slm-1b --tokens 20000000000 --parallelism hsdp --micro-batch 16 --grad-accum 2 --seq-len 1024 --precision bf16-mixed --attention flash --recomputation full --compile false --steps 38147 --batch-tokens 524288 --learning-rate 0.001 --lr-schedule cosine --warmup-steps 381 --final-learning-rate 0.0001 --weight-decay 0.1 --beta1 0.9 --beta2 0.95 --clip-norm 1
