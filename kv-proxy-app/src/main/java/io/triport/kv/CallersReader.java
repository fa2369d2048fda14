package io.triport.kv;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Role;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.federation.SubjectPattern;
import io.triport.identity.hmac.HmacMechanism;
import io.triport.identity.jwt.JwtPlan;
import io.triport.identity.jwt.JwtSettings;
import io.triport.identity.jwt.TokenPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the mechanisms beside signatures, from the section {@code identity}, and who comes by them. */
final class CallersReader {
    private static final String NAME = "[a-z][a-z0-9-]{0,31}";
    private static final List<String> TAKEN =
            List.of(HmacMechanism.NAME.text(), MechanismName.PUBLIC.text(), MechanismName.SYSTEM.text());
    private static final Value<SubjectPattern> SUBJECT =
            new Value<>("a subject, or a pattern that not every subject fits", SubjectPattern::new);

    private CallersReader() {}

    /**
     * What was read.
     *
     * @param mechanisms by their names, in the order of the file
     * @param tokenParameters parameters of queries in which clients of WebSockets may send a token
     */
    record Read(Map<MechanismName, PlannedMechanism> mechanisms, Set<String> tokenParameters, Callers callers) {
        Read {
            tokenParameters = Set.copyOf(tokenParameters);
        }

        boolean isEmpty() {
            return mechanisms.isEmpty();
        }
    }

    static Read read(Section identity, Section kv, KeyMapReader reader) {
        var plans = new LinkedHashMap<MechanismName, PlannedMechanism>();
        identity.each(section -> plans.put(name(identity, section), plan(section)));
        var keyed = plans.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof ApiKeyPlan)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        var section = kv.section("callers");
        var listed = new ArrayList<>(
                section.each(each -> caller(each, plans.keySet(), reader)).values());
        plans.keySet().stream()
                .filter(name -> listed.stream().noneMatch(caller -> caller.by().equals(name)))
                .forEach(name -> reader.warn("nobody of identity " + name.text() + " is among the callers"));
        return new Read(plans, parameters(plans), new Callers(listed, keyed));
    }

    private static MechanismName name(Section identity, Section section) {
        var name = section.name();
        if (!name.matches(NAME) || TAKEN.contains(name)) {
            throw identity.error(name, name, "a name of 1..32 characters of a-z 0-9 -, none of " + TAKEN);
        }
        return new MechanismName(name);
    }

    private static PlannedMechanism plan(Section section) {
        var words = ApiKeySettings.TYPE + " or " + JwtSettings.TYPE;
        var type = section.optional(
                        "type",
                        Value.matching(ApiKeySettings.TYPE + "|" + JwtSettings.TYPE, words),
                        "What it verifies; the other settings are those of that mechanism.")
                .orElseThrow(() -> section.error("type", "missing", words));
        return type.equals(JwtSettings.TYPE)
                ? new JwtPlan(JwtSettings.read(section))
                : new ApiKeyPlan(ApiKeySettings.read(section));
    }

    private static Caller caller(Section section, Set<MechanismName> known, KeyMapReader reader) {
        var names = known.stream().map(MechanismName::text).sorted().toList();
        var by = section.optional(
                        "by",
                        new Value<>("a name in identity: one of " + names, text -> known(text, known)),
                        "The mechanism in identity that knows them.")
                .orElseThrow(() -> section.error("by", "missing", "a name in identity: one of " + names));
        var subjects =
                section.list("subjects", SUBJECT, "Who is meant; * stands for what is neither a colon nor a slash.");
        var roles = section.list(
                "roles", new Value<>("a role", Role::new), "Or whoever has one of these roles by his token.");
        if (subjects.isEmpty() && roles.isEmpty()) {
            throw section.error("subjects", "none, and no roles", "one or more of either");
        }
        return new Caller(
                section.name(), by, subjects, Set.copyOf(roles), reader.allowance(section, "caller " + section.name()));
    }

    private static MechanismName known(String text, Set<MechanismName> known) {
        return known.stream()
                .filter(name -> name.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static Set<String> parameters(Map<MechanismName, PlannedMechanism> plans) {
        return plans.values().stream()
                .filter(JwtPlan.class::isInstance)
                .flatMap(plan -> ((JwtPlan) plan).settings().places().stream())
                .filter(TokenPlace.Query.class::isInstance)
                .map(place -> ((TokenPlace.Query) place).name())
                .collect(Collectors.toUnmodifiableSet());
    }
}
