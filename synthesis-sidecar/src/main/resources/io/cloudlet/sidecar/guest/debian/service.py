"""A service with tens of megabytes of live state: objects, an array, random bytes, a cache."""

import hashlib
import http.server
import json
import os
import random

import numpy
import redis

PORT = 7000
USERS = 30_000
CACHED = 20_000


def make_users(source):
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(source.choices(letters, k=source.randint(3, 9))) for _ in range(5_000)]
    return {
        number: {
            "name": " ".join(source.choices(words, k=2)),
            "mail": source.choice(words) + "@example.org",
            "score": source.random(),
            "tags": source.choices(words, k=4),
        }
        for number in range(USERS)
    }


def fill_cache(users):
    batch = redis.Redis("127.0.0.1").pipeline()
    for number in range(CACHED):
        batch.set(f"user:{number}", json.dumps(users[number]))
    batch.execute()


class State:
    def __init__(self):
        self.requests = 0
        self.users = make_users(random.Random(7))
        steps = numpy.random.default_rng(3).standard_normal((1_500, 1_000))
        self.field = numpy.cumsum(steps, axis=0)  # 12 MB of numbers
        self.secret = os.urandom(6 << 20)  # nothing compresses this
        fill_cache(self.users)

    def describe(self):
        self.requests += 1
        return {
            "requests": self.requests,
            "process": os.getpid(),
            "secret": hashlib.sha256(self.secret).hexdigest(),
            "mean": float(self.field.mean()),
        }


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(self.server.state.describe()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


state = State()
server = http.server.ThreadingHTTPServer(("", PORT), Handler)
server.state = state
server.serve_forever()
