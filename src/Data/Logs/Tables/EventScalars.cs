using System.Buffers.Binary;
using Google.Protobuf;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>
/// Scalars of a protocol buffer <c>Summary</c> (tensorflow/core/framework/summary.proto): values with a tag, and a number as
/// <c>simple_value</c> or as a tensor of one float.
/// </summary>
internal static class EventScalars
{
    /// <summary>Adds the scalars of a summary.</summary>
    public static void Read(ByteString summary, List<(string Tag, double Value)> scalars)
    {
        var input = summary.CreateCodedInput();
        for (uint tag; (tag = input.ReadTag()) != 0;)
            if (WireFormat.GetTagFieldNumber(tag) == 1)
                Value(input.ReadBytes(), scalars);
            else
                input.SkipLastField();
    }

    private static void Value(ByteString value, List<(string Tag, double Value)> scalars)
    {
        var input = value.CreateCodedInput();
        var (name, number) = ("", double.NaN);
        for (uint tag; (tag = input.ReadTag()) != 0;)
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    name = input.ReadString();
                    break;
                case 2:
                    number = input.ReadFloat();
                    break;
                case 8:
                    number = Tensor(input.ReadBytes(), number);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        if (name.Length > 0 && double.IsFinite(number))
            scalars.Add((name, number));
    }

    /// <summary>A <c>TensorProto</c> of one float: field 1 the type (1 is float), field 4 its bytes, field 5 its value.</summary>
    private static double Tensor(ByteString tensor, double otherwise)
    {
        var input = tensor.CreateCodedInput();
        var (type, number) = (0, otherwise);
        for (uint tag; (tag = input.ReadTag()) != 0;)
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1:
                    type = input.ReadEnum();
                    break;
                case 4:
                    var bytes = input.ReadBytes();
                    if (type == 1 && bytes.Length == 4)
                        number = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span);
                    break;
                case 5 when WireFormat.GetTagWireType(tag) == WireFormat.WireType.Fixed32:
                    number = input.ReadFloat();
                    break;
                case 5:
                    var packed = input.ReadBytes();
                    if (packed.Length == 4)
                        number = BinaryPrimitives.ReadSingleLittleEndian(packed.Span);
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        return number;
    }
}
