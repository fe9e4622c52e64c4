# SPDX-License-Identifier: MIT
"""A program listpulse with a Redis of its own, and what its runs cost."""
import os
import resource
import shutil
import socket
import subprocess
import sys
import time


def check_redis():
    """Ends the program if there is no server to start."""
    if shutil.which("redis-server") is None:
        sys.exit(f"{os.path.basename(sys.argv[0])}: no redis-server in PATH: install it "
                 "(Debian: redis-server), or add its folder to PATH")


class Redis:
    """A server of our own on a UNIX socket."""

    def __init__(self, folder, appendonly):
        self.path = os.path.join(folder, "redis.sock")
        self.process = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", self.path, "--dir",
             folder, "--save", "", "--appendonly", "yes" if appendonly else "no",
             "--auto-aof-rewrite-percentage", "0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while True:
            try:
                self.ask("PING")
                return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.03)

    def ask(self, *words):
        """Sends a command whose answer is one string or one line; returns it."""
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(self.path)
            link.sendall(" ".join(words).encode() + b"\r\n")
            with link.makefile("rb") as answers:
                line = answers.readline().decode()
                if line.startswith("$"):
                    return answers.read(int(line[1:])).decode()
                return line

    def cpu_ms(self):
        facts = dict(line.split(":", 1) for line in
                     self.ask("INFO", "cpu").split("\r\n") if ":" in line)
        return 1e3 * (float(facts["used_cpu_sys"]) + float(facts["used_cpu_user"]))

    def stop(self):
        self.process.kill()
        self.process.wait()


class Side:
    """One build with its Redis and its state."""

    def __init__(self, name, program, work, appendonly=True):
        self.name, self.program = name, program
        self.folder = os.path.join(work, name)
        os.mkdir(self.folder)
        self.redis = Redis(self.folder, appendonly)

    def command(self, arguments):
        return [self.program, "--state", os.path.join(self.folder, "state"),
                "--redis", "unix:" + self.redis.path, *arguments]

    def run(self, arguments):
        """Runs the command; returns its own CPU and that of both, in ms."""
        server = self.redis.cpu_ms()
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = subprocess.run(self.command(arguments), stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, check=False)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        if ended.returncode != 0:
            sys.exit(f"{self.name}: {' '.join(arguments)}: {ended.stderr.decode()}")
        own = 1e3 * (end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime)
        return own, own + self.redis.cpu_ms() - server

    def instructions(self, arguments):
        """Millions of instructions of the command."""
        counted = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
             *self.command(arguments)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
        return int(counted.stderr.decode().rsplit("Collected :", 1)[1].split()[0]) / 1e6
