package io.triport.e2e.reference;

import io.triport.identity.config.Setting;
import io.triport.identity.launch.Readings;
import io.triport.manager.Manager;
import io.triport.manager.answer.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The reference page of the manager, made from what the code reads and answers. */
record ManagerReference(List<Setting> settings) {
    private static final String SECRET = "a-secret-of-thirty-two-characters-at-least";

    /** Every section that there is, with whatever has to stand in it. */
    private static final String FILE = """
        triport:
          manager:
            api-token: "${env:SECRET}"
            team-domain: acme.cloudflareaccess.com
            policy-aud: tag
            session-keys: ["${env:SECRET}"]
            link-keys: ["${env:SECRET}"]
            api-key-pepper: ["${env:SECRET}"]
        """;

    /** @param directory for the file */
    static ManagerReference read(Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("manager.yml"), FILE);
        return new ManagerReference(Readings.of(new Manager(), Optional.of(file), Map.of("SECRET", SECRET)));
    }

    /** The whole page. */
    String page() {
        return """
            # Reference of the manager

            Made from the code by `ReferencePagesTest`; changes by hand do not last.

            ## Settings

            Keys of the YAML file. Each has a variable that overrides it, its key in capitals with `_` for `.` and `-`. A key that is not in
            this table stops the start; a change takes effect with the next start. What they mean together: [the manager](manager.md).

            %s
            ## Codes

            The manager API answers an error with its status and `{"success":false,"error","code","request_id"}`; Cloudflare's API with the
            number in `errors[0].code`, and with 400 where a title is taken.

            | code | status | number | error |
            |---|---|---|---|
            %s\
            """.formatted(SettingTable.of(settings, UnaryOperator.identity()), codes());
    }

    private static String codes() {
        return Arrays.stream(Problem.values())
                .map(problem -> "| `%s` | %d | %d | %s |\n"
                        .formatted(problem.code(), problem.status(), problem.number(), problem.sentence()))
                .collect(Collectors.joining());
    }
}
