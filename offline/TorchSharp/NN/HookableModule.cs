namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose <c>call</c> runs hooks around <c>forward</c>, in the order in which they were registered.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            // A list is copied when it changes, so a hook may remove itself while the hooks run.
            private (string key, TPreHook hook)[] pre = [];
            private (string key, TPostHook hook)[] post = [];
            private (string key, Action<Module> hook)[] modulePre = [];
            private (string key, Action<Module> hook)[] modulePost = [];

            protected HookableModule(string name) : base(name) { }

            private protected ReadOnlySpan<(string key, TPreHook hook)> PreHooks => pre;
            private protected ReadOnlySpan<(string key, TPostHook hook)> PostHooks => post;

            private protected void BeforeCall()
            {
                foreach (var (_, hook) in modulePre) hook(this);
            }

            private protected void AfterCall()
            {
                foreach (var (_, hook) in modulePost) hook(this);
            }

            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(ref pre, hook);

            public HookRemover register_forward_hook(TPostHook hook) => Add(ref post, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(ref modulePre, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Add(ref modulePost, hook);

            private HookRemover Add<T>(ref (string, T)[] hooks, T hook)
            {
                var key = Guid.NewGuid().ToString();
                hooks = [.. hooks, (key, hook)];
                return new HookRemover(this, key);
            }

            private void Remove(string key)
            {
                pre = [.. pre.Where(h => h.key != key)];
                post = [.. post.Where(h => h.key != key)];
                modulePre = [.. modulePre.Where(h => h.key != key)];
                modulePost = [.. modulePost.Where(h => h.key != key)];
            }

            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                public void remove() => module.Remove(key);
            }
        }
    }
}
