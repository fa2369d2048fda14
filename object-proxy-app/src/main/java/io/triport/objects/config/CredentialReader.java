package io.triport.objects.config;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.ActionNames;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads one credential. */
public final class CredentialReader {
    static final Value<Set<Action>> ACTIONS =
            new Value<>("an action such as get_object, or read, write, multipart, *", ActionNames::parse);

    private static final int SHORTEST_SECRET = 16;
    static final Value<AccessKeyId> KEY_ID = new Value<>("1..128 printable characters without / , ;", AccessKeyId::new);
    private static final Value<KeyPrefix> PREFIX = new Value<>("at most 1024 bytes", KeyPrefix::of);

    private final ProviderReader.Form form;
    private final Predicate<RoleId> roles;
    private final List<String> warnings;

    /**
     * @param roles which there are
     * @param warnings gets what the operator should mend
     */
    public CredentialReader(ProviderReader.Form form, Predicate<RoleId> roles, List<String> warnings) {
        this.form = form;
        this.roles = roles;
        this.warnings = warnings;
    }

    /** @throws io.triport.identity.config.ConfigError for what cannot be used */
    public AccessKey read(Section section) {
        var id = section.optional("access_key_id", KEY_ID, "The id that requests name.")
                .orElseThrow(() -> section.error("access_key_id", "missing", KEY_ID.expectation()));
        var secret = secret(section, form, "secret_access_key", "The secret that requests are signed with.");
        if (secret.size() < SHORTEST_SECRET) {
            throw section.error(
                    "secret_access_key", "(" + secret.size() + " bytes)", "at least " + SHORTEST_SECRET + " bytes");
        }
        var holder =
                section.value("principal_name", new Value<>("a name", Subject::new), id.text(), "Whose key it is.");
        var enabled = section.value("enabled", Value.SWITCH, "true", "Whether the key counts.");
        section.optional("created_at", Value.MOMENT, "When it was made; for people.");
        var expires = section.optional("expires_at", Value.MOMENT, "When it ends.");
        var admin = section.value("admin", Value.SWITCH, "false", "Whether it may make and remove buckets.");
        var assumable = section.list("may_assume", RoleReader.ID, "Roles that its holder may take on.");
        for (var role : assumable) {
            if (!roles.test(role)) {
                throw section.error("may_assume", role.text(), "roles that are configured");
            }
        }
        var scopes = section.sections("allowed_scopes");
        if (scopes.isEmpty() && assumable.isEmpty()) {
            warnings.add("credential " + id + " has no allowed_scopes and may do nothing");
        }
        return new AccessKey(
                id,
                secret,
                holder,
                new Permissions(scopes.stream().map(CredentialReader::scope).toList()),
                new HashSet<>(assumable),
                admin,
                enabled,
                expires.orElse(Instant.MAX));
    }

    private static Permission scope(Section section) {
        var bucket = section.optional("bucket", Value.TEXT, "Buckets: a name, or a pattern with * and ?.")
                .orElseThrow(() -> section.error("bucket", "missing", "a name, or a pattern with * and ?"));
        var prefixes = section.list("prefixes", PREFIX, "What keys lie under; none for all keys.");
        var actions = EnumSet.noneOf(Action.class);
        section.list("actions", ACTIONS, "What may be done.").forEach(actions::addAll);
        return new Permission(
                actions,
                Set.of(ResourcePattern.like(Glob.parse(bucket))),
                prefixes.isEmpty() ? Set.of(KeyPrefix.EVERY) : new HashSet<>(prefixes));
    }

    /** By reference, or written out where the form allows it. */
    static Secret secret(Section section, ProviderReader.Form form, String name, String about) {
        if (form != ProviderReader.Form.OWN) {
            var written = section.writtenSecrets(name, about);
            if (written.size() == 1 && !written.getFirst().use(CredentialReader::reference)) {
                return written.getFirst();
            }
            if (form == ProviderReader.Form.STORED) {
                throw section.error(name, written.isEmpty() ? "missing" : "(not shown)", "a secret, written out");
            }
        }
        return section.secret(name, about).orElseThrow(() -> section.error(name, "missing", "a secret"));
    }

    private static boolean reference(byte[] text) {
        return text.length > 1 && text[0] == '$' && text[1] == '{';
    }
}
