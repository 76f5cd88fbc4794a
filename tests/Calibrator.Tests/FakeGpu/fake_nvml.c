/* NVML of a machine with one GPU. Each start must be ended once. */
#include "fake_gpu.h"

enum { SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2 };
struct gpu { int index; };
static struct gpu only;
static int started;

nvmlReturn_t nvmlInit_v2(void) { CALLED(); started++; count_live(1); return SUCCESS; }
nvmlReturn_t nvmlShutdown(void) { CALLED(); if (started == 0) return UNINITIALIZED; started--; count_live(-1); return SUCCESS; }

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t* device) {
    CALLED();
    if (started == 0) return UNINITIALIZED;
    if (index != 0) return INVALID_ARGUMENT;
    *device = &only;
    return SUCCESS;
}

#define KNOWN(device) do { if (started == 0) return UNINITIALIZED; if ((device) != &only) return INVALID_ARGUMENT; } while (0)

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t* utilization) { CALLED(); KNOWN(device); *utilization = (nvmlUtilization_t){ 97, 41 }; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t* memory) { CALLED(); KNOWN(device); *memory = (nvmlMemory_t){ 80000000000ull, 77000000000ull, 3000000000ull }; return SUCCESS; }
/* Clock 1 is the multiprocessors', sensor 0 the core's. */
nvmlReturn_t nvmlDeviceGetClockInfo(nvmlDevice_t device, nvmlClockType_t type, unsigned int* clock) { CALLED(); KNOWN(device); if (type != 1) return INVALID_ARGUMENT; *clock = 1755; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int* power) { CALLED(); KNOWN(device); *power = 412500; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, nvmlTemperatureSensors_t sensorType, unsigned int* temp) { CALLED(); KNOWN(device); if (sensorType != 0) return INVALID_ARGUMENT; *temp = 61; return SUCCESS; }
nvmlReturn_t nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device, unsigned long long* clocksThrottleReasons) { CALLED(); KNOWN(device); *clocksThrottleReasons = 0x44; return SUCCESS; }
