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
# recomputation: none
# compile: false
set -euo pipefail
: "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
: "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"
export SLM_PLAN_ID=12345678901234e5
# Once, to install the trainer:
#   git clone --depth 1 https://github.com/huggingface/nanotron
#   pip install -e ./nanotron datasets transformers
# nanotron reads DATA as the name or path of a Hugging Face data set with a column 'text'; set the tokenizer to yours.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
cd "$(mktemp -d)"
mkdir -p .
cat > nanotron.yaml <<'END_OF_FILE'
general:
  project: slm-plan
  run: "12345678901234e5"
  seed: 42
checkpoints:
  checkpoint_interval: 500
  checkpoints_path: OUT_FOLDER
  resume_checkpoint_path: RESUME_FROM
  checkpoints_path_is_shared_file_system: true
model:
  dtype: bfloat16
  init_method:
    std: 0.022822
  model_config:
    is_llama_config: true
    hidden_act: silu
    hidden_size: 1920
    intermediate_size: 5184
    num_hidden_layers: 19
    num_attention_heads: 30
    num_key_value_heads: 30
    max_position_embeddings: 1024
    tie_word_embeddings: false
    vocab_size: 32000
optimizer:
  accumulate_grad_in_fp32: true
  clip_grad: 1
  weight_decay: 0.10630155149
  zero_stage: 1
  optimizer_factory:
    name: adamW
    adam_beta1: 0.9
    adam_beta2: 0.95
    adam_eps: 0.00000001
    torch_adam_is_fused: true
  learning_rate_scheduler:
    learning_rate: 0.00112066818641583
    lr_warmup_steps: 381
    lr_warmup_style: linear
    lr_decay_style: cosine
    lr_decay_steps: 37766
    min_decay_lr: 0.000112066818641583
parallelism:
  dp: 16
  tp: 1
  pp: 1
  pp_engine: 1f1b
  expert_parallel_size: 1
tokenizer:
  tokenizer_name_or_path: gpt2
tokens:
  micro_batch_size: 16
  batch_accumulation_per_replica: 2
  sequence_length: 1024
  train_steps: 38147
  val_check_interval: -1
data_stages:
- name: Training
  start_training_step: 1
  data:
    num_loading_workers: 1
    seed: 42
    dataset:
      hf_dataset_or_datasets: DATA_PATH
      hf_dataset_splits: train
      text_column_name: text
END_OF_FILE
RESUME=null; [ ! -f "$OUT/latest.txt" ] || RESUME=$OUT
sed -i "s|OUT_FOLDER|$OUT|; s|RESUME_FROM|$RESUME|; s|DATA_PATH|$DATA|" nanotron.yaml
export CUDA_DEVICE_MAX_CONNECTIONS=1
torchrun --nnodes=2 --nproc-per-node=8 --node-rank="${NODE_RANK:-0}" \
  --master-addr="${MASTER_ADDR:-127.0.0.1}" --master-port="${MASTER_PORT:-29500}" \
  "${NANOTRON:-$HERE/nanotron}/run_train.py" --config-file nanotron.yaml
