package io.triport.storage.peer;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeProof;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;

/**
 * The beginning of connections: TLS 1.3 with certificates of both sides, then a word of each, so that the one that connects knows that
 * it was let in.
 */
final class Handshake {
    static final Frame PING = Frame.of(Frame.Kind.PING, Bytes.EMPTY);

    /** Of the form of frames. Nodes of different forms do not speak to each other. */
    private static final Frame HELLO = Frame.of(
            Frame.Kind.HELLO, new Packed().text("triport peers").number(1).done());

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String[] VERSIONS = {"TLSv1.3"};

    private final Supplier<NodeProof> proof;

    Handshake(Supplier<NodeProof> proof) {
        this.proof = proof;
    }

    /** @throws IOException where the other is not reached, is not who it should be, or does not let this node in: nothing was handed on */
    PeerConnection connect(NodeAddress other) throws IOException {
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(other.host(), other.port()), PeerConnection.millis(PATIENCE));
            var secure = (SSLSocket)
                    PeerTls.of(proof.get()).getSocketFactory().createSocket(plain, other.host(), other.port(), true);
            var parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(VERSIONS);
            secure.setSSLParameters(parameters);
            return greeted(plain, secure);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /** @throws IOException for who cannot prove to be a node */
    PeerConnection accept(Socket plain) throws IOException {
        try {
            plain.setTcpNoDelay(true);
            var secure = (SSLSocket) PeerTls.of(proof.get()).getSocketFactory().createSocket(plain, null, true);
            secure.setUseClientMode(false);
            secure.setNeedClientAuth(true);
            secure.setEnabledProtocols(VERSIONS);
            return greeted(plain, secure);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static PeerConnection greeted(Socket plain, SSLSocket secure) throws IOException {
        secure.setSoTimeout(PeerConnection.millis(PATIENCE));
        secure.startHandshake();
        var in = new DataInputStream(new BufferedInputStream(secure.getInputStream()));
        var out = new DataOutputStream(new BufferedOutputStream(secure.getOutputStream()));
        HELLO.write(out);
        out.flush();
        if (!Frame.read(in).equals(HELLO)) {
            throw new ProtocolException("a node of another version");
        }
        secure.setSoTimeout(PeerConnection.millis(PeerConnection.SILENCE));
        return new PeerConnection(plain, in, out);
    }
}
