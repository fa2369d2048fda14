package io.triport.objects.stored;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.object.BucketName;
import io.triport.identity.directory.Directory;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.config.BucketReader;
import io.triport.objects.config.CredentialReader;
import io.triport.objects.config.Provider;
import io.triport.objects.config.ProviderReader.Form;
import io.triport.objects.config.RoleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the directory has. It answers from memory: what this node stored counts at once, what another did within a second while the
 * database answers. Safe for many threads.
 */
public final class StoredProvider implements Provider {
    private final ParsedEntries<Bucket> buckets;
    private final ParsedEntries<AccessKey> keys;
    private final ParsedEntries<AssumableRole> roles;

    public StoredProvider(Directory directory) {
        // That roles exist was asked when these were stored; one that went since then opens nothing.
        this.buckets = new ParsedEntries<>(
                directory,
                Kind.BUCKET,
                section -> new BucketReader(Form.STORED, role -> true, new ArrayList<>()).read(section));
        this.keys = new ParsedEntries<>(
                directory,
                Kind.CREDENTIAL,
                section -> new CredentialReader(Form.STORED, role -> true, new ArrayList<>()).read(section));
        this.roles = new ParsedEntries<>(
                directory, Kind.ROLE, section -> new RoleReader(Form.STORED, new ArrayList<>()).read(section));
    }

    @Override
    public Optional<Bucket> find(BucketName name) {
        return buckets.find(name.text());
    }

    @Override
    public Optional<Bucket> known(BucketName name) {
        return buckets.known(name.text());
    }

    @Override
    public List<Bucket> all() {
        return buckets.all();
    }

    @Override
    public Optional<AccessKey> find(AccessKeyId id) {
        return keys.find(id.text());
    }

    /** Whether a bucket or a key says something of a role. */
    public boolean names(String role) {
        return buckets.all().stream()
                        .anyMatch(bucket -> bucket.roles().stream()
                                .anyMatch(named -> named.text().equals(role)))
                || keys.all().stream()
                        .anyMatch(key -> key.mayAssume().stream()
                                .anyMatch(named -> named.text().equals(role)));
    }

    @Override
    public Optional<AssumableRole> find(RoleId id) {
        return roles.find(id.text());
    }
}
