using Xunit;

// torch's thread count and random generator belong to the whole process, and each test keeps every core busy anyway.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
