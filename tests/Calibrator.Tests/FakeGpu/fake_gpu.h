/* Types of cuda.h, nccl.h and nvml.h as far as the fake needs them; signatures.h is made of signatures.csv, so that a fake with another
   signature than the data does not compile. */
#pragma once
#include <stddef.h>

typedef int CUresult, CUdevice;
typedef struct handle *CUcontext, *CUstream, *CUevent, *cudaStream_t;
typedef unsigned long long CUdeviceptr;

typedef struct comm* ncclComm_t;
typedef int ncclResult_t, ncclDataType_t, ncclRedOp_t;
typedef struct { char internal[128]; } ncclUniqueId;
typedef struct config ncclConfig_t;

typedef int nvmlReturn_t, nvmlClockType_t, nvmlTemperatureSensors_t;
typedef struct gpu* nvmlDevice_t;
typedef struct { unsigned int gpu, memory; } nvmlUtilization_t;
typedef struct { unsigned long long total, free, used; } nvmlMemory_t;

#include "signatures.h"

/* What the tests ask of the fake. */
void fake_reset(void);
void fake_fail(const char* function, int code);
const char* fake_calls(void);
int fake_live(void);

/* Records a call; the code that it must answer, 0 for its own. */
int called(const char* function);
void run_stream(CUstream stream);
typedef void (*work_t)(void* what);
int enqueue(CUstream stream, work_t work, void* what);
void count_live(int more);

#define CALLED() do { int wanted = called(__func__); if (wanted) return wanted; } while (0)
