"""原创 (G8): what of a lesson is alike to what the box has ever held. Pure; nothing here reads a file or a table.

1. `text`     a document becomes hashes of its runs of five characters; two documents are compared by what they share
2. `sound`    a film becomes the 32-bit words of chromaprint; two films are compared word by word at one shift
3. `picture`  a film becomes 255 bits for each picture that differs; two films share the pictures that tell, in order
4. `keys`     the few hashes and words of a print under which the catalog finds it again; `picture_search` needs none
5. `pairs`    one print against those that come into question
6. `listing`  the list of prints that goes to other stations: hashes and numbers, no content

A print (指纹) says nothing that a person could read. Whether what is alike was copied is for a person to say.
"""
