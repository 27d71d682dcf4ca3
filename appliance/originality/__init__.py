"""原创 (G8): what of a lesson is alike to what the box has ever held. Pure; nothing here reads a file or a table.

1. `text`     a document becomes hashes of its runs of five characters; two documents are compared by what they share
2. `sound`    a film becomes the 32-bit words of chromaprint; two films are compared word by word at one shift
3. `keys`     the few hashes and words of a print under which the catalog finds it again
4. `compare`  one print against those that share keys with it
5. `listing`  the list of prints that goes to other stations: hashes and numbers, no content

A print (指纹) says nothing that a person could read. Whether what is alike was copied is for a person to say.
"""
