/* A CUDA driver on host memory. Work on a stream is kept until something waits for that stream, so that a missing wait shows: a copy runs what
   the default stream holds and nothing else. Handles that were destroyed or never given are refused as the driver does (400). */
#include "fake_gpu.h"
#include <pthread.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

enum { OK = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, INVALID_DEVICE = 101, INVALID_CONTEXT = 201, INVALID_HANDLE = 400, NOT_READY = 600 };
enum { DEVICES = 4, QUEUE = 4096 };
static const size_t TotalBytes = 80ull << 30;

enum kind { FREE, CONTEXT, STREAM, EVENT };
struct entry { work_t work; void* what; CUevent wait; long position; };
struct handle {
    enum kind kind;
    int device, retained, ready_asked;
    struct entry queue[QUEUE];
    long given, done;
    CUstream recorded_on;
    long recorded_at;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char calls[1 << 20], failing[64];
static int failing_code, live, started;
static size_t used;
static struct handle contexts[DEVICES], defaults[DEVICES];
static __thread CUcontext current;

void fake_reset(void) { pthread_mutex_lock(&lock); calls[0] = failing[0] = 0; started = 0; pthread_mutex_unlock(&lock); }
void fake_fail(const char* function, int code) { pthread_mutex_lock(&lock); strcpy(failing, function); failing_code = code; pthread_mutex_unlock(&lock); }
const char* fake_calls(void) { return calls; }
int fake_live(void) { return live; }
void count_live(int more) { pthread_mutex_lock(&lock); live += more; pthread_mutex_unlock(&lock); }

int called(const char* function) {
    pthread_mutex_lock(&lock);
    size_t length = strlen(calls);
    if (length + strlen(function) + 2 < sizeof calls) sprintf(calls + length, "%s\n", function);
    int code = strcmp(failing, function) == 0 ? failing_code : 0;
    pthread_mutex_unlock(&lock);
    return code;
}

static CUstream stream_of(CUstream stream) {
    if (stream == NULL) return current == NULL ? NULL : &defaults[current->device];
    return stream->kind == STREAM ? stream : NULL;
}

static void run_one(CUstream stream) {
    struct entry entry = stream->queue[stream->done % QUEUE];
    if (entry.wait != NULL)
        while (entry.wait->recorded_on->done < entry.position) run_one(entry.wait->recorded_on);
    else
        entry.work(entry.what);
    stream->done++;
}

void run_stream(CUstream stream) { while (stream->done < stream->given) run_one(stream); }

int enqueue(CUstream asked, work_t work, void* what) {
    CUstream stream = stream_of(asked);
    if (stream == NULL || stream->given - stream->done == QUEUE) return INVALID_HANDLE;
    stream->queue[stream->given % QUEUE] = (struct entry){ work, what, NULL, 0 };
    stream->given++;
    return OK;
}

CUresult cuInit(unsigned int Flags) { CALLED(); started = 1; return Flags == 0 ? OK : INVALID_VALUE; }

CUresult cuGetErrorString(CUresult error, const char** pStr) {
    CALLED();
    static __thread char text[64];
    sprintf(text, "fake driver error %d", error);
    *pStr = text;
    return OK;
}

CUresult cuDeviceGet(CUdevice* device, int ordinal) {
    CALLED();
    if (!started || ordinal < 0 || ordinal >= DEVICES) return INVALID_DEVICE;
    *device = ordinal;
    return OK;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext* pctx, CUdevice dev) {
    CALLED();
    contexts[dev].kind = CONTEXT;
    contexts[dev].device = defaults[dev].device = dev;
    defaults[dev].kind = STREAM;
    __atomic_add_fetch(&contexts[dev].retained, 1, __ATOMIC_SEQ_CST);
    count_live(1);
    *pctx = &contexts[dev];
    return OK;
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice dev) {
    CALLED();
    if (__atomic_sub_fetch(&contexts[dev].retained, 1, __ATOMIC_SEQ_CST) < 0) return INVALID_CONTEXT;
    count_live(-1);
    return OK;
}

CUresult cuCtxSetCurrent(CUcontext ctx) { CALLED(); if (ctx->kind != CONTEXT) return INVALID_CONTEXT; current = ctx; return OK; }

static CUresult make(struct handle** made, enum kind kind) {
    if (current == NULL) return INVALID_CONTEXT;
    *made = calloc(1, sizeof **made);
    (*made)->kind = kind;
    count_live(1);
    return OK;
}

/* The memory of a destroyed handle stays, so that its use is seen and not undefined. */
static CUresult unmake(struct handle* handle, enum kind kind) {
    if (handle == NULL || handle->kind != kind) return INVALID_HANDLE;
    handle->kind = FREE;
    count_live(-1);
    return OK;
}

CUresult cuStreamCreate(CUstream* phStream, unsigned int Flags) { CALLED(); return Flags > 1 ? INVALID_VALUE : make(phStream, STREAM); }
CUresult cuStreamDestroy_v2(CUstream hStream) { CALLED(); return unmake(hStream, STREAM); }

CUresult cuStreamSynchronize(CUstream hStream) {
    CALLED();
    CUstream stream = stream_of(hStream);
    if (stream == NULL) return INVALID_HANDLE;
    run_stream(stream);
    return OK;
}

CUresult cuStreamWaitEvent(CUstream hStream, CUevent hEvent, unsigned int Flags) {
    CALLED();
    CUstream stream = stream_of(hStream);
    if (stream == NULL || hEvent->kind != EVENT || Flags != 0) return INVALID_HANDLE;
    if (hEvent->recorded_on == NULL) return OK;
    stream->queue[stream->given % QUEUE] = (struct entry){ NULL, NULL, hEvent, hEvent->recorded_at };
    stream->given++;
    return OK;
}

CUresult cuEventCreate(CUevent* phEvent, unsigned int Flags) { CALLED(); return Flags > 7 ? INVALID_VALUE : make(phEvent, EVENT); }
CUresult cuEventDestroy_v2(CUevent hEvent) { CALLED(); return unmake(hEvent, EVENT); }

CUresult cuEventRecord(CUevent hEvent, CUstream hStream) {
    CALLED();
    CUstream stream = stream_of(hStream);
    if (stream == NULL || hEvent->kind != EVENT) return INVALID_HANDLE;
    hEvent->recorded_on = stream;
    hEvent->recorded_at = stream->given;
    return OK;
}

/* The first question after work was given is answered with "not ready"; a device goes on by itself meanwhile. */
CUresult cuEventQuery(CUevent hEvent) {
    CALLED();
    if (hEvent->kind != EVENT) return INVALID_HANDLE;
    CUstream stream = hEvent->recorded_on;
    if (stream == NULL || stream->done >= hEvent->recorded_at) return OK;
    while (stream->done < hEvent->recorded_at) run_one(stream);
    return NOT_READY;
}

CUresult cuMemGetInfo_v2(size_t* free, size_t* total) { CALLED(); if (current == NULL) return INVALID_CONTEXT; *free = TotalBytes - used; *total = TotalBytes; return OK; }

CUresult cuMemAlloc_v2(CUdeviceptr* dptr, size_t bytesize) {
    CALLED();
    if (current == NULL) return INVALID_CONTEXT;
    if (bytesize == 0) return INVALID_VALUE;
    if (bytesize > TotalBytes - used) return OUT_OF_MEMORY;
    size_t* block = malloc(bytesize + 64);
    *block = bytesize;
    __atomic_add_fetch(&used, bytesize, __ATOMIC_SEQ_CST);
    count_live(1);
    *dptr = (CUdeviceptr)block + 64;
    return OK;
}

CUresult cuMemFree_v2(CUdeviceptr dptr) {
    CALLED();
    if (dptr == 0) return OK;
    size_t* block = (size_t*)(dptr - 64);
    __atomic_sub_fetch(&used, *block, __ATOMIC_SEQ_CST);
    count_live(-1);
    free(block);
    return OK;
}

static void drain_default(void) { if (current != NULL) run_stream(&defaults[current->device]); }

CUresult cuMemcpyHtoD_v2(CUdeviceptr dstDevice, const void* srcHost, size_t ByteCount) { CALLED(); drain_default(); memcpy((void*)dstDevice, srcHost, ByteCount); return OK; }
CUresult cuMemcpyDtoH_v2(void* dstHost, CUdeviceptr srcDevice, size_t ByteCount) { CALLED(); drain_default(); memcpy(dstHost, (void*)srcDevice, ByteCount); return OK; }
CUresult cuMemsetD8_v2(CUdeviceptr dstDevice, unsigned char uc, size_t N) { CALLED(); drain_default(); memset((void*)dstDevice, uc, N); return OK; }
