/* All-reduce of floats timed as the OSU micro-benchmarks do (osu_allreduce.c): warm up, meet, repeat, mean over ranks.
   Asks for the thread level that slm-calibrate needs. Prints one line per size: bytes, and the median microseconds of nine rounds. Usage: mpirun -np 2 allreduce MAX_BYTES */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 9, WARM_UP = 3, MOST_ITERATIONS = 2000 };
static const double ROUND_SECONDS = 0.02;

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return difference < 0 ? -1 : difference > 0;
}

static double seconds(float *buffer, int count, int iterations) {
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (int i = 0; i < iterations; i++)
        MPI_Allreduce(MPI_IN_PLACE, buffer, count, MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
    double mine = (MPI_Wtime() - start) / iterations, sum;
    int ranks;
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    MPI_Allreduce(&mine, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    return sum / ranks;
}

int main(int argc, char **argv) {
    int level, rank;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    long most = argc > 1 ? atol(argv[1]) : 16777216;
    float *buffer = malloc(most);
    memset(buffer, 0, most);
    for (long bytes = 1024; bytes <= most; bytes *= 4) {
        int count = (int)(bytes / sizeof(float));
        seconds(buffer, count, WARM_UP);
        double wanted = ROUND_SECONDS / seconds(buffer, count, WARM_UP);
        int iterations = wanted < 1 ? 1 : wanted > MOST_ITERATIONS ? MOST_ITERATIONS : (int)wanted;
        double rounds[ROUNDS];
        for (int i = 0; i < ROUNDS; i++)
            rounds[i] = seconds(buffer, count, iterations);
        qsort(rounds, ROUNDS, sizeof(double), ascending);
        if (rank == 0)
            printf("%ld %.2f\n", bytes, rounds[ROUNDS / 2] * 1e6);
    }
    MPI_Finalize();
    return 0;
}
