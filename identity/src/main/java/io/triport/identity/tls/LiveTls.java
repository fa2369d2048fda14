package io.triport.identity.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.triport.domain.request.Bytes;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TLS of one listener: new connections get what its files held when they last fitted together. Safe for many threads. */
final class LiveTls extends SslContext {
    /*
     * Session tickets are sealed with keys of the JDK's, which live as long as a session may: a day.
     */
    private static final Logger LOG = LoggerFactory.getLogger(LiveTls.class);

    /** Those of TLS 1.3, and those of TLS 1.2 with forward secrecy and authenticated encryption. */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final TlsSettings settings;
    private volatile SslContext current;
    private List<Bytes> judged;
    private List<Bytes> seen;

    LiveTls(TlsSettings settings) throws UnusableTlsFile {
        this.settings = settings;
        this.judged = TlsMaterial.contents(settings);
        this.seen = judged;
        this.current = context(settings);
    }

    /**
     * Takes over what the files hold, if it changed and two looks saw the same: who writes one file after the other shows a pair
     * that does not fit for a moment. Called by one thread.
     */
    void look() {
        var present = TlsMaterial.contents(settings);
        var still = present.equals(seen);
        seen = present;
        if (!still || present.equals(judged)) {
            return;
        }
        judged = present;
        try {
            current = context(settings);
            LOG.atInfo().addKeyValue("cert", settings.cert()).log("certificate adopted");
        } catch (UnusableTlsFile e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("certificate refused, the old one stays");
        }
    }

    private static SslContext context(TlsSettings settings) throws UnusableTlsFile {
        var material = TlsMaterial.load(settings);
        try {
            var builder = SslContextBuilder.forServer(
                            material.key(), material.chain().toArray(new java.security.cert.X509Certificate[0]))
                    .sslProvider(SslProvider.JDK)
                    .protocols(settings.oldest().spoken())
                    .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE);
            if (settings.clients() instanceof TlsSettings.Clients.Asked asked) {
                builder.clientAuth(asked.demand() == TlsSettings.Demand.NEED ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                        .trustManager(ClientCheck.of(material));
            }
            if (!settings.protocols().isEmpty()) {
                builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        settings.protocols().stream()
                                .map(TlsSettings.Protocol::id)
                                .toList()));
            }
            return builder.build();
        } catch (SSLException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableTlsFile(
                    UnusableTlsFile.Role.CERT,
                    settings.cert() + " cannot be used for TLS",
                    "a certificate and key for TLS 1.2 and 1.3");
        }
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return current.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // the class to extend has it still
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return current.newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return current.newEngine(allocator, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.sessionContext();
    }
}
