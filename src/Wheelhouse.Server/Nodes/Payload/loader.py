import sys,json;i=sys.stdin.buffer;b=json.loads(i.read(int(i.readline())).decode());exec(compile(b["modules"][b["main"]],b["main"]+".py","exec"),{"__name__":"__main__","bundle":b})
