package io.triport.objects.config;

import io.triport.domain.access.ActionNames;
import io.triport.domain.access.AssumableRole;
import io.triport.domain.access.TextTemplate;
import io.triport.domain.identity.Subject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A role in words for people. */
final class ExplainedRole {
    private ExplainedRole() {}

    static String line(AssumableRole role) {
        var line = new StringBuilder("role ").append(role.id()).append(':');
        if (!role.providers().isEmpty()) {
            line.append(" tokens of ")
                    .append(role.providers().stream()
                            .map(provider -> provider.issuer().text())
                            .collect(Collectors.joining(", ")))
                    .append(" for ")
                    .append(
                            role.audiences().isEmpty()
                                    ? "anybody"
                                    : joined(role.audiences().stream().sorted().toList()))
                    .append(" of subjects ")
                    .append(joined(role.subjects()))
                    .append(';');
        }
        if (!role.holders().isEmpty()) {
            line.append(" credentials of ")
                    .append(joined(
                            role.holders().stream().map(Subject::text).sorted().toList()))
                    .append(';');
        }
        line.append(" sessions of ")
                .append(role.shortest().toSeconds())
                .append("s to ")
                .append(role.longest().toSeconds())
                .append('s');
        if (role.revokedBefore().isAfter(Instant.EPOCH)) {
            line.append(" given out since ").append(role.revokedBefore());
        }
        for (var scope : role.scopes()) {
            line.append("; bucket ").append(text(scope.bucket()));
            if (!scope.prefixes().isEmpty()) {
                line.append(" under ")
                        .append(scope.prefixes().stream()
                                .map(ExplainedRole::text)
                                .collect(Collectors.joining(", ")));
            }
            line.append(": ").append(joined(ActionNames.of(scope.actions())));
        }
        return line.toString();
    }

    private static String joined(List<?> items) {
        return items.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String text(TextTemplate template) {
        return template.parts().stream()
                .map(part -> switch (part) {
                    case TextTemplate.Written(var text) -> text;
                    case TextTemplate.Claim(var name) -> "{" + name + "}";
                })
                .collect(Collectors.joining());
    }
}
