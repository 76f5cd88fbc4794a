using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>
/// Reads TensorBoard event files: records of length, masked CRC-32C of the length, data, masked CRC-32C of the data (TensorFlow's
/// TFRecord), each a protocol buffer <c>Event</c> (tensorflow/core/util/event.proto) with a time, a step and scalars. A file that is cut in
/// the middle of a record is read up to there.
/// </summary>
internal sealed class EventFile(MetricNames names, RunRecorder run)
{
    private const int HeaderBytes = 12, LargestRecord = 1 << 26;
    private const uint MaskDelta = 0xA282EAD8;
    private readonly MetricRows _rows = new(run);

    /// <summary>True for the start of an event file.</summary>
    public static bool Knows(ReadOnlySpan<byte> start) =>
        start.Length >= HeaderBytes && Masked(start[..8]) == BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);

    /// <summary>Takes the records of a stream; false when the file breaks off or is damaged, after what came before.</summary>
    public bool Read(Stream stream)
    {
        var header = new byte[HeaderBytes];
        var whole = true;
        for (var number = 1L; ; number++)
        {
            var read = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            if (read == 0)
                break;
            var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
            if (read < HeaderBytes || !Knows(header) || length > LargestRecord || Record(stream, (int)length) is not { } data)
            {
                whole = false;
                break;
            }
            run.Line = number;
            Event(data);
        }
        _rows.Flush();
        return whole;
    }

    private static byte[]? Record(Stream stream, int length)
    {
        var data = new byte[length + 4];
        return stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) == data.Length
            && Masked(data.AsSpan(0, length)) == BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(length)) ? data : null;
    }

    private void Event(byte[] data)
    {
        try
        {
            var input = new CodedInputStream(data, 0, data.Length - 4);
            double time = double.NaN, step = 0;
            var scalars = new List<(string Tag, double Value)>();
            for (uint tag; (tag = input.ReadTag()) != 0;)
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 1:
                        time = input.ReadDouble();
                        break;
                    case 2:
                        step = input.ReadInt64();
                        break;
                    case 5:
                        EventScalars.Read(input.ReadBytes(), scalars);
                        break;
                    default:
                        input.SkipLastField();
                        break;
                }
            foreach (var (tag, value) in scalars)
                if (names.Of(tag) is { } metric and not Metric.Step)
                {
                    _rows.Put(step, metric, value);
                    _rows.Put(step, Metric.Timestamp, time);
                }
        }
        catch (InvalidProtocolBufferException)
        {
            // The check sum was right, so another program wrote what is no event: it tells nothing.
        }
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= 8; data = data[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var one in data)
            crc = BitOperations.Crc32C(crc, one);
        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + MaskDelta);
    }
}
