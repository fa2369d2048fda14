package io.triport.objects.stored;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.identity.config.Section;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.config.BucketReader;
import io.triport.objects.config.CredentialReader;
import io.triport.objects.config.Federation;
import io.triport.objects.config.ProviderReader.Form;
import io.triport.objects.config.RoleReader;
import java.util.ArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents as the same words in a file are read.
 *
 * @param federation null where there is no provider of ours
 */
public record Readers(@Nullable Federation federation) {
    /** @param roles which there are */
    public Bucket bucket(Section section, Predicate<RoleId> roles) {
        return new BucketReader(Form.STORED, roles, federation, new ArrayList<>()).read(section);
    }

    /** @param roles which there are */
    public AccessKey credential(Section section, Predicate<RoleId> roles) {
        return new CredentialReader(Form.STORED, roles, new ArrayList<>()).read(section);
    }

    public AssumableRole role(Section section) {
        return new RoleReader(Form.STORED, new ArrayList<>()).read(section);
    }
}
