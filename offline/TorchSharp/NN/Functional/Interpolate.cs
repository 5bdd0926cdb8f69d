using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public enum UpsampleMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
    }

    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
        NearestExact = 6,
    }

    public enum GridSampleMode
    {
        Nearest = 0,
        Bilinear = 2,
    }

    public enum GridSamplePaddingMode
    {
        Zeros = 0,
        Reflection = 1,
        Border = 2,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Resizes the dimensions after N×C to <paramref name="size"/> or by <paramref name="scale_factor"/>.</summary>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var spatial = x.dim() - 2;
                if (size is null == scale_factor is null) throw new ExternalException("either size or scale_factor should be defined, and not both");
                if ((size?.Length ?? scale_factor!.Length) != spatial) throw new ExternalException($"size or scale_factor must match the input's {spatial} spatial dimensions");
                if (align_corners is not null && mode is (InterpolationMode.Nearest or InterpolationMode.Area or InterpolationMode.NearestExact))
                    throw new ExternalException("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ExternalException("antialias is available in the modes bilinear and bicubic");

                if (mode == InterpolationMode.Area || recompute_scale_factor)
                {
                    size ??= [.. scale_factor!.Select((f, i) => (long)Math.Floor(x.shape[i + 2] * f))];
                    scale_factor = null;
                }
                var corners = align_corners ?? false;
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, 1) => Op.T("upsample_nearest1d", "vec", x, size, scale_factor),
                    (InterpolationMode.Nearest, 2) => Op.T("upsample_nearest2d", "vec", x, size, scale_factor),
                    (InterpolationMode.Nearest, 3) => Op.T("upsample_nearest3d", "vec", x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1) => Op.T("_upsample_nearest_exact1d", "vec", x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2) => Op.T("_upsample_nearest_exact2d", "vec", x, size, scale_factor),
                    (InterpolationMode.NearestExact, 3) => Op.T("_upsample_nearest_exact3d", "vec", x, size, scale_factor),
                    (InterpolationMode.Area, 1) => Op.T("adaptive_avg_pool1d", "", x, size),
                    (InterpolationMode.Area, 2) => Op.T("adaptive_avg_pool2d", "", x, size),
                    (InterpolationMode.Area, 3) => Op.T("adaptive_avg_pool3d", "", x, size),
                    (InterpolationMode.Linear, 1) => Op.T("upsample_linear1d", "vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) when antialias => Op.T("_upsample_bilinear2d_aa", "vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) => Op.T("upsample_bilinear2d", "vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) when antialias => Op.T("_upsample_bicubic2d_aa", "vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) => Op.T("upsample_bicubic2d", "vec", x, size, corners, scale_factor),
                    (InterpolationMode.Trilinear, 3) => Op.T("upsample_trilinear3d", "vec", x, size, corners, scale_factor),
                    _ => throw new ExternalException($"mode {mode} does not take an input with {spatial} spatial dimensions"),
                };
            }

            public static Tensor upsample(Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(input, size, scale_factor, (InterpolationMode)mode, mode == UpsampleMode.Nearest ? null : align_corners);

            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                var padding = padding_mode switch { GridSamplePaddingMode.Border => 1L, GridSamplePaddingMode.Reflection => 2L, _ => 0L };
                return Op.T("grid_sampler", "", input, grid, mode == GridSampleMode.Bilinear ? 0L : 1L, padding, align_corners ?? false);
            }

            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Op.T("affine_grid_generator", "", theta, size ?? [], align_corners);
        }
    }
}
