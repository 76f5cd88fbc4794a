using Sylvan.Data.Csv;

namespace SlmPlanner.Calibrator.Tests.FakeGpu;

/// <summary>A C function as its header declares it.</summary>
/// <param name="Library">The library that has it.</param>
/// <param name="Function">Its name.</param>
/// <param name="Returns">What it returns.</param>
/// <param name="Parameters">Its parameters, with names.</param>
internal sealed record Signature(string Library, string Function, string Returns, string Parameters)
{
    /// <summary>The parameters' types, without names; none for <c>void</c>.</summary>
    public IReadOnlyList<string> Types => Parameters == "void" ? [] :
        [.. Parameters.Split(',').Select(parameter => parameter.Trim())
            .Select(parameter => parameter[..parameter.LastIndexOf(' ')].Replace("const ", "", StringComparison.Ordinal))];

    /// <summary>Reads a table of them.</summary>
    public static IReadOnlyList<Signature> Read(string path)
    {
        using var reader = CsvDataReader.Create(path);
        List<Signature> signatures = [];
        while (reader.Read())
            signatures.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return signatures;
    }

    /// <summary>What a C type is in a call: 4 or 8 bytes, a structure by value, or an address.</summary>
    public static string Passed(string type) => type switch
    {
        _ when type.EndsWith('*') || type is "CUcontext" or "CUstream" or "CUevent" or "cudaStream_t" or "ncclComm_t" or "nvmlDevice_t"
            or "CUdeviceptr" => "address",
        "int" or "unsigned int" or "CUresult" or "CUdevice" or "ncclResult_t" or "ncclDataType_t" or "ncclRedOp_t" or "nvmlReturn_t"
        or "nvmlClockType_t"
            or "nvmlTemperatureSensors_t" => "4 bytes",
        "size_t" or "unsigned long long" => "8 bytes",
        "unsigned char" => "1 byte",
        "ncclUniqueId" => "128 bytes",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
