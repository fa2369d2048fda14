package io.triport.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.storage.StorageSettings;
import io.triport.testkit.RedisProcess;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TlsAuthority;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisTlsTest {
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final TlsAuthority authority = new TlsAuthority();

    @TempDir
    private Path directory;

    @Test
    void a_server_is_believed_whose_certificate_the_authority_has_signed_for_its_host() {
        try (var server = server(authority.issueFor("CN=redis", "127.0.0.1"));
                var redis = open(server, List.of(new TlsAuthority("CN=another"), authority))) {
            assertThat(redis.limiter().nodes("one", SILENCE)).isEqualTo(1);
        }
    }

    @Test
    void a_server_of_another_authority_or_for_another_host_is_not_spoken_to() {
        try (var server = server(authority.issueFor("CN=redis", "127.0.0.9"));
                var elsewhere = open(server, List.of(authority));
                var foreign = open(server, List.of(new TlsAuthority("CN=another")));
                var unknown = open(server, List.of())) {
            for (var redis : List.of(elsewhere, foreign, unknown)) {
                assertThatThrownBy(() -> redis.limiter().nodes("one", SILENCE))
                        .isInstanceOf(StorageFailure.Unavailable.class);
            }
        }
    }

    private RedisProcess.Encrypted server(TlsAuthority.Credential shown) {
        return RedisProcess.startEncrypted(
                shown.certFile(directory.resolve("cert.pem")), shown.keyFile(directory.resolve("key.pem")));
    }

    private static OpenRedis open(RedisProcess.Encrypted server, List<TlsAuthority> believed) {
        List<X509Certificate> authorities =
                believed.stream().map(each -> each.itself().certificate()).toList();
        return OpenRedis.open(
                new StorageSettings.Redis(server.address(), Secret.of(""), authorities), SettableClock.anywhere());
    }
}
