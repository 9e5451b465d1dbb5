module example.com/bearing/tools/publish-release

go 1.21
