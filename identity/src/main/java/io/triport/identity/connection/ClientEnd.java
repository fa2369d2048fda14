package io.triport.identity.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.triport.domain.request.TransportSecurity;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a connection, or a stream of one, tells of the client at its other end. Confined to its event loop. */
public final class ClientEnd {
    private final Channel channel;
    private @Nullable TransportSecurity security;

    /** @param channel of a connection, or of a stream of HTTP/2 */
    public ClientEnd(Channel channel) {
        this.channel = channel;
    }

    public InetAddress peer() {
        return PeerAddress.of(channel);
    }

    /** Whether it is one stream among others. */
    public boolean streams() {
        return channel instanceof Http2StreamChannel;
    }

    /** How the connection is secured; to be asked for the first time when its handshake is over. */
    public TransportSecurity security() {
        var known = security;
        if (known == null) {
            var tls = tls();
            known = tls == null ? TransportSecurity.PLAIN : secured(tls.engine().getSession());
            security = known;
        }
        return known;
    }

    /** Such as {@code TLSv1.3}; empty where there is no TLS. */
    public String tlsVersion() {
        var tls = tls();
        return tls == null ? "" : tls.engine().getSession().getProtocol();
    }

    /** How a connection is secured. A client without a certificate is told apart by an exception only. */
    public static TransportSecurity secured(SSLSession session) {
        try {
            var chain = new ArrayList<X509Certificate>();
            for (var certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate known) {
                    chain.add(known);
                }
            }
            return chain.isEmpty() ? TransportSecurity.TLS : new TransportSecurity.MutualTls(chain);
        } catch (SSLPeerUnverifiedException e) {
            return TransportSecurity.TLS;
        }
    }

    /** A stream of HTTP/2 is a channel of its own over that of its connection. */
    private @Nullable SslHandler tls() {
        var connection = streams() ? channel.parent() : channel;
        return connection.pipeline().get(SslHandler.class);
    }
}
