using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Logs.Config.Pickles;

/// <summary>The bytes of a pickle, taken one value after the other.</summary>
/// <param name="bytes">All of them.</param>
internal sealed class PickleBytes(byte[] bytes)
{
    /// <summary>The next byte's place.</summary>
    public int At { get; private set; }

    public int Byte() => Take(1)[0];

    public void Skip(int count) => Take(count);

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - At)
            throw new InputException($"damaged pickle: ends within a value at byte {At}");
        At += count;
        return bytes.AsSpan(At - count, count);
    }

    /// <summary>A count of four or eight bytes that the rest of the pickle can hold.</summary>
    public int Count(int size)
    {
        var count = size == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4)) : BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        return count <= (ulong)bytes.Length ? (int)count : throw new InputException($"damaged pickle: a count of {count} at byte {At}");
    }

    public string Text(int length) => Encoding.UTF8.GetString(Take(length));

    public string Line() => Line(Encoding.UTF8);

    public string Line(Encoding encoding)
    {
        var length = bytes.AsSpan(At).IndexOf((byte)'\n');
        if (length < 0)
            throw new InputException($"damaged pickle: a line without its end at byte {At}");
        var text = encoding.GetString(bytes, At, length);
        At += length + 1;
        return text;
    }

    public static long Whole(string text) => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    /// <summary>A whole number of any length, the lowest byte first; one beyond 64 bits is kept as the nearest that has them.</summary>
    public static long Long(ReadOnlySpan<byte> bytes) =>
        (long)System.Numerics.BigInteger.Clamp(new(bytes), long.MinValue, long.MaxValue);
}
