package io.triport.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Versioning;
import io.triport.objects.config.Provider;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every provider of buckets, keys and roles promises, whatever it reads the same documents from. */
abstract class ProviderContract {
    static final String ALPHA = """
        {"name": "alpha", "backend_type": "fs", "backend_options": {"root": "there"}, "versioning": "enabled",
         "anonymous_access": "read", "tags": {"team": "a"}, "cors": [{"allowed_origins": ["*"], "allowed_methods": ["GET"]}]}
        """;
    static final String BETA = "{\"name\": \"beta\", \"backend_type\": \"memory\", \"allowed_roles\": [\"reader\"]}";
    static final String APP = """
        {"access_key_id": "APP", "secret_access_key": "0123456789abcdef", "principal_name": "app", "may_assume": ["reader"],
         "allowed_scopes": [{"bucket": "alpha", "prefixes": ["mine/"], "actions": ["read"]}]}
        """;
    static final String READER = "{\"role_id\": \"reader\", \"trusted_principals\": [\"app\"]}";

    /** One that has the documents of this class. */
    abstract Provider provider();

    @Test
    void a_bucket_is_found_by_its_name() {
        var alpha = provider().find(new BucketName("alpha")).orElseThrow();

        assertThat(alpha.binding().backend()).isEqualTo(new Backend.FileSystem("there"));
        assertThat(alpha.binding().versioning()).isEqualTo(Versioning.ENABLED);
        assertThat(alpha.about().tags().entries()).containsEntry("team", "a");
        assertThat(alpha.cors()).hasSize(1);
        assertThat(provider().find(new BucketName("gamma"))).isEmpty();
    }

    @Test
    void buckets_are_listed_in_the_order_of_their_names() {
        assertThat(provider().all()).extracting(bucket -> bucket.name().text()).isEqualTo(List.of("alpha", "beta"));
    }

    @Test
    void a_credential_is_found_by_its_id() {
        var app = provider().find(new AccessKeyId("APP"));

        assertThat(app.map(AccessKey::secret)).contains(Secret.of("0123456789abcdef"));
        assertThat(app.map(AccessKey::enabled)).contains(true);
        assertThat(app.map(AccessKey::mayAssume))
                .hasValueSatisfying(roles -> assertThat(roles).containsExactly(new RoleId("reader")));
        assertThat(provider().find(new AccessKeyId("app"))).isEmpty();
    }

    @Test
    void a_role_is_found_by_its_id() {
        assertThat(provider().find(new RoleId("reader"))).isPresent();
        assertThat(provider().find(new RoleId("writer"))).isEmpty();
    }
}
