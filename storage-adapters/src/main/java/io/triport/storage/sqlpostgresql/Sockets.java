package io.triport.storage.sqlpostgresql;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets of which no more is read between two questions than may be held in memory. The driver bounds rows by itself, and holds whatever
 * else it is told: errors and notices, whose texts a caller writes.
 */
final class Sockets {
    private Sockets() {}

    /** More has come than may be. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("the answer is too large");
        }
    }

    /** The driver makes it by its name. */
    public static final class Bounded extends SocketFactory {
        private final long most;

        /** @param most bytes */
        public Bounded(String most) {
            this.most = Long.parseLong(most);
        }

        @Override
        public Socket createSocket() {
            return new BoundedSocket(most);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw unconnected();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            throw unconnected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw unconnected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            throw unconnected();
        }

        private static IOException unconnected() {
            return new IOException("socket: connected (expected: one that the driver connects)");
        }
    }

    /** Of one connection, which one thread writes and reads. */
    private static final class BoundedSocket extends Socket {
        private final long most;
        private volatile long left;

        BoundedSocket(long most) {
            this.most = most;
            this.left = most;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    var read = in.read();
                    count(read < 0 ? 0 : 1);
                    return read;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    var read = in.read(bytes, from, length);
                    count(read);
                    return read;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    left = most;
                    out.write(bytes, from, length);
                }
            };
        }

        private void count(int read) throws IOException {
            var rest = left - Math.max(0, read);
            left = rest;
            if (rest < 0) {
                throw new TooMuch();
            }
        }
    }
}
