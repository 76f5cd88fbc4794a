using System.Text;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs;

/// <summary>What stands at the head of logs whatever the program: the table of <c>nvidia-smi</c>, and the id of the plan.</summary>
internal static class CommonHeader
{
    private const int IdLength = 64;

    /// <summary>Takes a line.</summary>
    public static void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        Device(line, run);
        foreach (var key in Keys)
            if (line.IndexOf(key) is >= 0 and var at)
                Plan(line[(at + key.Length)..], run);
    }

    private static readonly byte[][] Keys = ["SLM_PLAN_ID="u8.ToArray(), "SLM_PLAN_ID: "u8.ToArray(), "plan_id: "u8.ToArray()];

    /// <summary><c>|   0  NVIDIA X100 80GB      On  |   00000000:19:00.0 Off |</c>: a name and how many there are.</summary>
    private static void Device(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (!line.StartsWith("|  "u8) || line.IndexOf("00000000:"u8) is not (> 0 and var bus)
            || line[..bus].LastIndexOf((byte)'|') is not (> 0 and var end))
            return;
        var index = Numbers.Leading(line[1..], out var length);
        var name = Encoding.UTF8.GetString(line[(1 + length)..end]).Trim();
        if (!(index >= 0 && index < 1024))
            return;
        foreach (var mode in (ReadOnlySpan<string>)[" On", " Off", " N/A"])
            if (name.EndsWith(mode, StringComparison.Ordinal))
                name = name[..^mode.Length].TrimEnd();
        if (name.Length == 0 || name.EndsWith("...", StringComparison.Ordinal))
            return;
        run.Fact(RunField.Gpu, name);
        run.Devices((int)index + 1);
    }

    private static void Plan(ReadOnlySpan<byte> text, RunRecorder run)
    {
        text = text.TrimStart("'\" "u8);
        var length = 0;
        while (length < text.Length && length < IdLength && char.IsAsciiHexDigit((char)text[length]))
            length++;
        if (length >= 8)
            run.Fact(RunField.PlanId, Encoding.ASCII.GetString(text[..length]));
    }
}
