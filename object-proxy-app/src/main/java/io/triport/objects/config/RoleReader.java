package io.triport.objects.config;

import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.RoleId;
import io.triport.domain.access.ScopeTemplate;
import io.triport.domain.access.TextTemplate;
import io.triport.domain.access.TrustedProvider;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads one role. */
public final class RoleReader {
    static final Value<RoleId> ID = new Value<>("1..64 letters, digits and _+=,.@-", RoleId::new);

    private static final int SHORTEST_SECONDS = 60;
    private static final int LONGEST_SECONDS = 43_200;
    private static final Glob ANYBODY = Glob.parse("*");
    private static final Value<Issuer> ISSUER = new Value<>("the https URL of an issuer", Issuer::new);
    private static final Value<String> WORD = Value.matching("(?s).+", "text, not empty");
    private static final Value<Glob> PATTERN = new Value<>("a pattern with * and ?, not empty", text -> {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return Glob.parse(text);
    });
    private static final Value<Subject> HOLDER = new Value<>("the principal_name of a credential", Subject::new);
    private static final Value<TextTemplate> TEMPLATE =
            new Value<>("text with places such as {sub}", TextTemplate::parse);
    private static final Value<String> ALGORITHM =
            new Value<>("one of " + String.join(", ", new TreeSet<>(AssumableRole.ALGORITHMS)), text -> {
                if (!AssumableRole.ALGORITHMS.contains(text)) {
                    throw new IllegalArgumentException(text);
                }
                return text;
            });

    private final ProviderReader.Form form;
    private final List<String> warnings;

    /** @param warnings gets what the operator should mend */
    public RoleReader(ProviderReader.Form form, List<String> warnings) {
        this.form = form;
        this.warnings = warnings;
    }

    /** @throws io.triport.identity.config.ConfigError for what cannot be used */
    public AssumableRole read(Section section) {
        var id = section.optional("role_id", ID, "The id, which is also the last part of the role's ARN.")
                .orElseThrow(() -> section.error("role_id", "missing", ID.expectation()));
        var name = section.value("name", Value.TEXT, id.text(), "What people call it.");
        var issuers = section.sections("trusted_oidc_issuers", "issuer").stream()
                .map(RoleReader::issuer)
                .toList();
        var holders = section.list("trusted_principals", HOLDER, "Holders of credentials who may take it on.");
        if (issuers.isEmpty() && holders.isEmpty()) {
            throw section.error("trusted_oidc_issuers", "none", "issuers here or holders in trusted_principals");
        }
        var shortest = shortest(section);
        var longest = section.value(
                "max_session_duration_secs",
                Value.integer((int) shortest.toSeconds(), LONGEST_SECONDS),
                Long.toString(Math.max(shortest.toSeconds(), AssumableRole.USUAL_LONGEST.toSeconds())),
                "The longest session.");
        var algorithms = section.list("allowed_algorithms", ALGORITHM, "What tokens may be signed with.");
        return new AssumableRole(
                id,
                name,
                issuers,
                audiences(section, id, issuers),
                subjects(section, id, issuers),
                conditions(section.section("claim_conditions")),
                new HashSet<>(holders),
                shortest,
                Duration.ofSeconds(longest),
                algorithms.isEmpty() ? AssumableRole.USUAL_ALGORITHMS : new HashSet<>(algorithms),
                scopes(section, id),
                section.optional("revoke_sessions_before", Value.MOMENT, "Sessions from before do not count any more.")
                        .orElse(Instant.EPOCH));
    }

    private static TrustedProvider issuer(Section section) {
        var issuer = section.optional("issuer", ISSUER, "The claim iss of its tokens.")
                .orElseThrow(() -> section.error("issuer", "missing", ISSUER.expectation()));
        var plain = section.value("insecure", Value.SWITCH, "false", "Whether it is on this machine, without TLS.");
        try {
            return new TrustedProvider(
                    issuer, plain ? TrustedProvider.Transport.PLAIN_LOOPBACK : TrustedProvider.Transport.TLS);
        } catch (InvalidInput e) {
            throw section.error("issuer", issuer.text(), e.expectation());
        }
    }

    /** A published configuration may have only the longest, below what is usually the shortest. */
    private Duration shortest(Section section) {
        var usual = AssumableRole.USUAL_SHORTEST.toSeconds();
        if (form == ProviderReader.Form.PUBLISHED && !section.has("min_session_duration_secs")) {
            var longest = section.value(
                    "max_session_duration_secs",
                    Value.integer(SHORTEST_SECONDS, LONGEST_SECONDS),
                    Long.toString(usual),
                    "The longest session.");
            return Duration.ofSeconds(Math.min(usual, longest));
        }
        return Duration.ofSeconds(section.value(
                "min_session_duration_secs",
                Value.integer(SHORTEST_SECONDS, LONGEST_SECONDS),
                Long.toString(usual),
                "The shortest session."));
    }

    private Set<String> audiences(Section section, RoleId id, List<TrustedProvider> issuers) {
        var audiences = section.oneOrList(audienceKey(section), WORD, "Of which the claim aud must name one.");
        if (audiences.isEmpty() && !issuers.isEmpty()) {
            if (form != ProviderReader.Form.PUBLISHED) {
                throw section.error("required_audiences", "none", "the audience that tokens for this role name");
            }
            warnings.add("role " + id + " has no required_audiences: tokens that were made for others open it");
        }
        return new HashSet<>(audiences);
    }

    /** Older published configurations have one audience, under a name of its own. */
    private String audienceKey(Section section) {
        var old = "required_audience";
        if (form != ProviderReader.Form.PUBLISHED || !section.has(old)) {
            return "required_audiences";
        }
        if (section.has("required_audiences")) {
            throw section.error(old, "beside required_audiences", "one of the two");
        }
        return old;
    }

    private List<Glob> subjects(Section section, RoleId id, List<TrustedProvider> issuers) {
        var subjects = section.oneOrList("subject_conditions", PATTERN, "Of which the claim sub must fit one.");
        var open = subjects.isEmpty()
                || subjects.stream()
                        .anyMatch(pattern -> pattern.parts().stream().allMatch(part -> part instanceof Glob.Run));
        if (open && !issuers.isEmpty()) {
            if (form != ProviderReader.Form.PUBLISHED) {
                throw section.error("subject_conditions", subjects.toString(), "patterns that say more than *");
            }
            warnings.add("role " + id + " has no narrow subject_conditions: whoever its issuers know may take it on");
        }
        return subjects.isEmpty() && form == ProviderReader.Form.PUBLISHED ? List.of(ANYBODY) : subjects;
    }

    private static Map<String, List<Glob>> conditions(Section section) {
        var conditions = new LinkedHashMap<String, List<Glob>>();
        for (var claim : section.names()) {
            var patterns = section.oneOrList(claim, PATTERN, "Patterns of which the claim must fit one.");
            if (patterns.isEmpty()) {
                throw section.error(claim, "none", PATTERN.expectation());
            }
            conditions.put(claim, patterns);
        }
        return conditions;
    }

    private List<ScopeTemplate> scopes(Section section, RoleId id) {
        var scopes = section.sections("allowed_scopes").stream()
                .map(RoleReader::scope)
                .toList();
        if (scopes.isEmpty()) {
            warnings.add("role " + id + " has no allowed_scopes: its sessions may do nothing");
        }
        return scopes;
    }

    private static ScopeTemplate scope(Section section) {
        var bucket = section.optional("bucket", TEMPLATE, "Buckets: a name, or a pattern with *, ? and {claim}.")
                .orElseThrow(() -> section.error("bucket", "missing", TEMPLATE.expectation()));
        var prefixes = section.list("prefixes", TEMPLATE, "What keys lie under, with {claim}; none for all keys.");
        var actions = EnumSet.noneOf(Action.class);
        section.list("actions", CredentialReader.ACTIONS, "What may be done.").forEach(actions::addAll);
        return new ScopeTemplate(bucket, prefixes, actions);
    }
}
