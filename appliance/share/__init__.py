"""共享文件夹: Samba with a configuration of ours, one folder and one account for each school.

1. `accounts`  a school's account is made with its 交件码 and ends with it; known to smbd alone, to nothing else here.
2. `config`    the text of smb.conf: no guest, SMB 2.1 or later, no link, no cache that would hide a writer.
3. `server`    smbd in the foreground.
What is laid into a school's folder is found by `intake/drops/lan.py`.
"""
