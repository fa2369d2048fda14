package io.triport.e2e.reference;

import io.triport.identity.config.Setting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Settings as the rows of a table. */
final class SettingTable {
    private SettingTable() {}

    /** @param general a key without what the operator chose in it */
    static String of(Collection<Setting> settings, UnaryOperator<String> general) {
        var rows = new LinkedHashMap<String, Setting>();
        settings.forEach(setting -> rows.putIfAbsent(general.apply(setting.key()), setting));
        return "| key | value | default | what it is for |\n|---|---|---|---|\n"
                + rows.entrySet().stream()
                        .map(row -> row(row.getKey(), row.getValue()))
                        .collect(Collectors.joining());
    }

    private static String row(String key, Setting setting) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        key,
                        setting.expectation()
                                .replace("|", "\\|")
                                .replace("*", "\\*")
                                .replace("${env:NAME} or ${file:PATH}", "`${env:NAME}` or `${file:PATH}`"),
                        setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
                        setting.about().replace("*", "\\*"));
    }
}
