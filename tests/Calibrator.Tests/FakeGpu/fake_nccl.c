/* NCCL between threads of one process, on the fake driver's streams. An operation runs when its stream does, and waits there for the same
   operation of all other ranks. An operation of no elements is discarded, as NCCL does. */
#include "fake_gpu.h"
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, INVALID_ARGUMENT = 4, RANKS = 8 };
enum { UINT8 = 1, FLOAT32 = 7, BFLOAT16 = 9 };
enum what { ALL_REDUCE, REDUCE_SCATTER, ALL_GATHER, BROADCAST };

struct op { struct comm* comm; enum what what; const void* send; void* receive; size_t count; int type, root; };
struct clique { char id[128]; int size, joined, come, colors[RANKS]; long round; struct op ops[RANKS]; struct clique* parts[RANKS]; struct clique* next; };
struct comm { struct clique* clique; int rank, alive; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_came = PTHREAD_COND_INITIALIZER;
static struct clique* cliques;
static int ids;

ncclResult_t ncclGetVersion(int* version) { CALLED(); *version = 22105; return SUCCESS; }
const char* ncclGetErrorString(ncclResult_t result) { called(__func__); return result == INVALID_ARGUMENT ? "invalid argument" : "fake failure"; }
const char* ncclGetLastError(ncclComm_t comm) { called(__func__); return comm == NULL ? "before a communicator" : "in a communicator"; }
ncclResult_t ncclGetUniqueId(ncclUniqueId* uniqueId) { CALLED(); memset(uniqueId, 0, sizeof *uniqueId); *(int*)uniqueId->internal = __atomic_add_fetch(&ids, 1, __ATOMIC_SEQ_CST); uniqueId->internal[127] = 42; return SUCCESS; }

/* Waits for all ranks of a clique; the last one does the work of all. */
static void meet(struct clique* clique, void (*work)(struct clique*)) {
    pthread_mutex_lock(&lock);
    long round = clique->round;
    if (++clique->come == clique->size) {
        if (work != NULL) work(clique);
        clique->come = 0;
        clique->round++;
        pthread_cond_broadcast(&all_came);
    }
    while (clique->round == round) pthread_cond_wait(&all_came, &lock);
    pthread_mutex_unlock(&lock);
}

static struct comm* make(struct clique* clique, int rank) {
    struct comm* comm = calloc(1, sizeof *comm);
    *comm = (struct comm){ clique, rank, 1 };
    count_live(1);
    return comm;
}

ncclResult_t ncclCommInitRank(ncclComm_t* comm, int nranks, ncclUniqueId commId, int rank) {
    CALLED();
    if (commId.internal[127] != 42 || nranks > RANKS || rank >= nranks) return INVALID_ARGUMENT;
    pthread_mutex_lock(&lock);
    struct clique* clique = cliques;
    while (clique != NULL && memcmp(clique->id, commId.internal, 128) != 0) clique = clique->next;
    if (clique == NULL) {
        clique = calloc(1, sizeof *clique);
        memcpy(clique->id, commId.internal, 128);
        clique->size = nranks;
        clique->next = cliques;
        cliques = clique;
    }
    pthread_mutex_unlock(&lock);
    meet(clique, NULL);
    *comm = make(clique, rank);
    return SUCCESS;
}

static void split(struct clique* clique) {
    for (int rank = 0; rank < clique->size; rank++) clique->parts[rank] = NULL;
    for (int rank = 0; rank < clique->size; rank++)
        for (int other = 0; other <= rank; other++)
            if (clique->colors[other] == clique->colors[rank]) {
                if (clique->parts[other] == NULL) clique->parts[other] = calloc(1, sizeof *clique);
                clique->parts[rank] = clique->parts[other];
                clique->parts[rank]->size++;
                break;
            }
}

ncclResult_t ncclCommSplit(ncclComm_t comm, int color, int key, ncclComm_t* newcomm, ncclConfig_t* config) {
    CALLED();
    if (!comm->alive || config != NULL || key != comm->rank) return INVALID_ARGUMENT;
    struct clique* clique = comm->clique;
    clique->colors[comm->rank] = color;
    meet(clique, split);
    int rank = 0;
    for (int other = 0; other < comm->rank; other++) rank += clique->colors[other] == color;
    struct clique* part = clique->parts[comm->rank];
    meet(clique, NULL);
    *newcomm = make(part, rank);
    return SUCCESS;
}

ncclResult_t ncclCommCount(const ncclComm_t comm, int* count) { CALLED(); *count = comm->clique->size; return SUCCESS; }
ncclResult_t ncclCommUserRank(const ncclComm_t comm, int* rank) { CALLED(); *rank = comm->rank; return SUCCESS; }
ncclResult_t ncclCommDestroy(ncclComm_t comm) { CALLED(); if (!comm->alive) return INVALID_ARGUMENT; comm->alive = 0; count_live(-1); return SUCCESS; }

static size_t width(int type) { return type == FLOAT32 ? 4 : type == BFLOAT16 ? 2 : 1; }

static float get(const void* data, size_t index, int type) {
    if (type == FLOAT32) return ((const float*)data)[index];
    uint32_t bits = (uint32_t)((const uint16_t*)data)[index] << 16;
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

/* Rounds to nearest even once, after summing in fp32. */
static void put(void* data, size_t index, int type, float value) {
    if (type == FLOAT32) { ((float*)data)[index] = value; return; }
    uint32_t bits;
    memcpy(&bits, &value, 4);
    ((uint16_t*)data)[index] = (uint16_t)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

static void sum(struct clique* clique, const struct op* op, size_t first, size_t count, void* to) {
    float* sums = calloc(count, sizeof *sums);
    for (size_t i = 0; i < count; i++)
        for (int rank = 0; rank < clique->size; rank++) sums[i] += get(clique->ops[rank].send, first + i, op->type);
    for (size_t i = 0; i < count; i++) put(to, i, op->type, sums[i]);
    free(sums);
}

static void compute(struct clique* clique) {
    void* results[RANKS];
    size_t bytes[RANKS];
    for (int rank = 0; rank < clique->size; rank++) {
        const struct op* op = &clique->ops[rank];
        size_t part = op->count * width(op->type);
        bytes[rank] = op->what == ALL_GATHER ? part * clique->size : part;
        results[rank] = malloc(bytes[rank] + 1);
        if (op->what == ALL_REDUCE) sum(clique, op, 0, op->count, results[rank]);
        if (op->what == REDUCE_SCATTER) sum(clique, op, rank * op->count, op->count, results[rank]);
        if (op->what == BROADCAST) memcpy(results[rank], clique->ops[op->root].send, part);
        if (op->what == ALL_GATHER)
            for (int from = 0; from < clique->size; from++) memcpy((char*)results[rank] + from * part, clique->ops[from].send, part);
    }
    for (int rank = 0; rank < clique->size; rank++) { memcpy(clique->ops[rank].receive, results[rank], bytes[rank]); free(results[rank]); }
}

static void run(void* what) {
    struct op* op = what;
    op->comm->clique->ops[op->comm->rank] = *op;
    meet(op->comm->clique, compute);
    free(op);
}

static ncclResult_t give(struct op op, cudaStream_t stream) {
    if (!op.comm->alive || op.root < 0 || op.root >= op.comm->clique->size) return INVALID_ARGUMENT;
    if (op.count == 0) return SUCCESS;
    struct op* kept = malloc(sizeof *kept);
    *kept = op;
    return enqueue(stream, run, kept) == 0 ? SUCCESS : INVALID_ARGUMENT;
}

ncclResult_t ncclAllReduce(const void* sendbuff, void* recvbuff, size_t count, ncclDataType_t datatype, ncclRedOp_t op, ncclComm_t comm, cudaStream_t stream) {
    CALLED();
    return op != 0 ? INVALID_ARGUMENT : give((struct op){ comm, ALL_REDUCE, sendbuff, recvbuff, count, datatype, 0 }, stream);
}

ncclResult_t ncclReduceScatter(const void* sendbuff, void* recvbuff, size_t recvcount, ncclDataType_t datatype, ncclRedOp_t op, ncclComm_t comm, cudaStream_t stream) {
    CALLED();
    return op != 0 ? INVALID_ARGUMENT : give((struct op){ comm, REDUCE_SCATTER, sendbuff, recvbuff, recvcount, datatype, 0 }, stream);
}

ncclResult_t ncclAllGather(const void* sendbuff, void* recvbuff, size_t sendcount, ncclDataType_t datatype, ncclComm_t comm, cudaStream_t stream) {
    CALLED();
    return give((struct op){ comm, ALL_GATHER, sendbuff, recvbuff, sendcount, datatype, 0 }, stream);
}

ncclResult_t ncclBroadcast(const void* sendbuff, void* recvbuff, size_t count, ncclDataType_t datatype, int root, ncclComm_t comm, cudaStream_t stream) {
    CALLED();
    return give((struct op){ comm, BROADCAST, sendbuff, recvbuff, count, datatype, root }, stream);
}
