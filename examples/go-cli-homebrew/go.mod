module example.com/bearing

go 1.21
