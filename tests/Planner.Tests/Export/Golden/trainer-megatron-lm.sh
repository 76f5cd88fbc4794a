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
# parallelism: zero1
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
#   git clone --depth 1 https://github.com/NVIDIA/Megatron-LM
#   pip install ./Megatron-LM
# Megatron-LM reads DATA as the prefix of a data set that its tools/preprocess_data.py made; the tokens are taken as they are.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
export CUDA_DEVICE_MAX_CONNECTIONS=1
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  "${MEGATRON:-Megatron-LM}/pretrain_gpt.py" \
  --use-mcore-models \
  --num-layers 19 \
  --hidden-size 1920 \
  --ffn-hidden-size 5184 \
  --num-attention-heads 30 \
  --kv-channels 64 \
  --seq-length 1024 \
  --max-position-embeddings 1024 \
  --position-embedding-type rope \
  --attention-dropout 0 \
  --hidden-dropout 0 \
  --swiglu \
  --disable-bias-linear \
  --untie-embeddings-and-output-weights \
  --attention-backend flash \
  --micro-batch-size 16 \
  --global-batch-size 512 \
  --train-iters 38147 \
  --lr 0.001121 \
  --min-lr 1.120668e-4 \
  --lr-decay-style cosine \
  --lr-warmup-iters 381 \
  --weight-decay 0.106302 \
  --adam-beta1 0.9 \
  --adam-beta2 0.95 \
  --clip-grad 1 \
  --tensor-model-parallel-size 1 \
  --pipeline-model-parallel-size 1 \
  --context-parallel-size 1 \
  --data-path "$DATA" \
  --tokenizer-type NullTokenizer \
  --vocab-size 31999 \
  --split 99,1,0 \
  --save "$OUT" \
  --load "$OUT" \
  --save-interval 500 \
  --ckpt-format torch_dist \
  --log-interval 10 \
  --log-throughput \
  --eval-interval 1000 \
  --eval-iters 10 \
  --normalization RMSNorm \
  --use-distributed-optimizer \
  --overlap-grad-reduce \
  --overlap-param-gather \
  --bf16 \
  --recompute-granularity full \
  --recompute-method uniform \
  --recompute-num-layers 1
