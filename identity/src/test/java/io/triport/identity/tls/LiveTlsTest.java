package io.triport.identity.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.triport.identity.crl.PublishedLists;
import io.triport.identity.tls.TlsSettings.Clients;
import io.triport.identity.tls.TlsSettings.KeyAccess;
import io.triport.identity.tls.TlsSettings.Version;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class LiveTlsTest {
    private static final int MORE_TURNS_THAN_A_HANDSHAKE_TAKES = 10;

    private final TlsAuthority authority = new TlsAuthority("CN=authority");
    private final Logger logger = (Logger) LoggerFactory.getLogger(LiveTls.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path directory;

    private Path cert;
    private Path key;
    private LiveTls tls;

    @BeforeEach
    void first() throws UnusableTlsFile {
        cert = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        write("CN=first");
        tls = new LiveTls(
                new TlsSettings(cert, key, KeyAccess.OWNER, new Clients.Unasked(), Version.TLS_1_2, List.of()),
                PublishedLists.Surroundings.overHttp(
                        Runnable::run, SettableClock.anywhere(), new SettableTicker(), length -> new byte[length]));
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(log);
    }

    @Test
    void a_pair_that_changed_is_adopted_when_it_was_seen_twice() throws SSLException {
        write("CN=second");

        tls.look();
        assertThat(shown()).isEqualTo("CN=first");
        tls.look();

        assertThat(shown()).isEqualTo("CN=second");
    }

    @Test
    void a_broken_pair_keeps_the_old_one_and_says_so_once() throws IOException {
        authority.issue("CN=second").certFile(cert);

        for (var i = 0; i < 5; i++) {
            tls.look();
        }

        assertThat(shown()).isEqualTo("CN=first");
        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getMessage)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Level.ERROR, "certificate refused, the old one stays"));
    }

    @Test
    void after_a_broken_pair_a_sound_one_is_adopted() throws IOException {
        Files.delete(key);
        tls.look();
        tls.look();
        assertThat(shown()).isEqualTo("CN=first");

        write("CN=second");
        tls.look();
        tls.look();

        assertThat(shown()).isEqualTo("CN=second");
    }

    @Test
    void what_has_not_changed_is_not_read_again() {
        tls.look();
        tls.look();

        assertThat(log.list).isEmpty();
    }

    private void write(String subject) {
        var credential = authority.issue(subject);
        credential.certFile(cert);
        credential.keyFile(key);
    }

    /** The subject of the certificate that a new client is shown. */
    private String shown() throws SSLException {
        var engine = authority.context().createSSLEngine();
        engine.setUseClientMode(true);
        var client = new EmbeddedChannel(new SslHandler(engine));
        var server = new EmbeddedChannel(new SslHandler(tls.newEngine(UnpooledByteBufAllocator.DEFAULT)));
        for (var turn = 0; turn < MORE_TURNS_THAN_A_HANDSHAKE_TAKES; turn++) {
            pass(client, server);
            pass(server, client);
        }
        var certificate = (X509Certificate) engine.getSession().getPeerCertificates()[0];
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
        return certificate.getSubjectX500Principal().getName();
    }

    private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }
}
