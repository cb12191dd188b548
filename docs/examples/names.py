#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A name server that knows every name, and what asks it.
Usage: names.py serve ADDRESS     names.py ask ADDRESS NAME..."""
import socket
import struct
import sys

CODES = {0: "NOERROR", 2: "SERVFAIL", 3: "NXDOMAIN"}


def serve(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((address, 53))
        while True:
            query, client = server.recvfrom(4096)
            answer = struct.pack(">HHHIH4s", 0xC00C, 1, 1, 60, 4, socket.inet_aton("192.0.2.80"))
            header = query[:2] + struct.pack(">HHHHH", 0x8580, 1, 1, 0, 0)
            server.sendto(header + query[12:] + answer, client)


def ask(address, name):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    query = struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + labels + struct.pack(">BHH", 0, 1, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(1)
        client.sendto(query, (address, 53))
        try:
            answer = client.recv(4096)
        except socket.timeout:
            return "no answer"
    found = " " + socket.inet_ntoa(answer[-4:]) if answer[7] else ""
    return CODES.get(answer[3] & 15, "?") + found


if sys.argv[1] == "serve":
    serve(sys.argv[2])
for each in sys.argv[3:]:
    print(each, ask(sys.argv[2], each))
