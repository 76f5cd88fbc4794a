#!/usr/bin/env bash
# Written by slm-plan export. The plan:
# plan_id: 12345678901234e5
# model: llama-3.2-1b
# tokens: 20000000000
# provider: lambda
# instance_type: gpu_8x_h100_sxm5
# region: us-south-2
# gpu: H100-SXM
# nodes: 1
# gpus_per_node: 8
# gpus: 8
# parallelism: fsdp_full
# micro_batch: 16
# grad_accum: 2
# seq_len: 1024
# precision: bf16-pure
# gradient_reduce_bytes: 2
# attention: flash
# recomputation: none
# compile: false
# method: lora
# rank: 32
# targets: all
# base_bits: 16
set -euo pipefail
export SLM_PLAN_ID=12345678901234e5
# Once, to install the trainer:
#   pip install 'torchtune>=0.6' torchao
# BASE is a folder that 'tune download' filled. torchtune reads DATA as a file of JSON lines with messages.
# Rates are those of its own examples; the planner has no rule for fine-tuning.
: "${DATA:?set DATA to the path of the data, as this trainer reads it}"
# OUT is where checkpoints go; on several machines it is a folder that all of them see.
: "${OUT:=$PWD/runs/12345678901234e5}"
export OUT DATA HERE=$PWD
mkdir -p "$OUT"
: "${BASE:?set BASE to the base model, a name on the Hugging Face hub or a folder}"
tune run --nproc_per_node 8 lora_finetune_distributed --config llama3_2/1B_lora \
  tokenizer.path="$BASE/original/tokenizer.model" \
  tokenizer.max_seq_len=1024 \
  checkpointer.checkpoint_dir="$BASE" \
  checkpointer.output_dir="$OUT" \
  output_dir="$OUT" \
  dataset._component_=torchtune.datasets.chat_dataset \
  dataset.source=json \
  dataset.data_files="$DATA" \
  dataset.conversation_column=messages \
  dataset.conversation_style=openai \
  dataset.packed=false \
  batch_size=16 \
  gradient_accumulation_steps=2 \
  epochs=3 \
  optimizer.lr=2e-4 \
  dtype=bf16 \
  enable_activation_checkpointing=false \
  compile=false \
  model.lora_attn_modules='[q_proj,k_proj,v_proj,output_proj]' \
  model.apply_lora_to_mlp=true \
  model.lora_rank=32 \
  model.lora_alpha=64 \
  model.lora_dropout=0
