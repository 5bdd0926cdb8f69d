using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Rows of a table by index. It gives the name of the package's native module.</summary>
    public sealed class Embedding : Module<Tensor, Tensor>
    {
        private readonly long paddingIndex;
        private readonly double? maxNorm;
        private readonly double normType;
        private readonly bool scaleByFrequency, sparse;

        internal Embedding(Tensor table, bool freeze, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse, Device? device, ScalarType? dtype)
            : base("torch::nn::EmbeddingImpl")
        {
            (paddingIndex, maxNorm, normType, scaleByFrequency, this.sparse) = (padding_idx ?? -1, max_norm, norm_type, scale_grad_by_freq, sparse);
            weight = Parameter(table, !freeze);
            if (dtype is { } type) _to(type, false);
            if (device is not null) _to(device.type, device.index, false);
        }

        public Parameter? weight
        {
            get => OwnParameter(nameof(weight));
            set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public override Tensor forward(Tensor input)
        {
            if (maxNorm is { } limit)
            {
                using var unrecorded = no_grad();
                Op.Void("embedding_renorm_", "", weight, input, limit, normType);
            }
            return Op.T("embedding", "", weight, input, paddingIndex, scaleByFrequency, sparse);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var table = init.normal_(empty([num_embeddings, embedding_dims], ScalarType.Float32));
                if (padding_idx is { } row)
                {
                    using var padding = Op.T("select", "int", table, 0L, row);
                    init.zeros_(padding);
                }
                return new(table, false, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, device, dtype);
            }

            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null) =>
                new(Op.T("alias", "", Op.T("detach", "", embeddings)), freeze, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, device, dtype);
        }
    }
}
