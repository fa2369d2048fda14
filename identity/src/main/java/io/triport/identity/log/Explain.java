package io.triport.identity.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints the lines of one request, in the order of their times, from log files of either format. */
public final class Explain {
    /*
     * Whose line it is. The request id is the first field of a line, and is looked for nowhere else: what stands behind it
     * may be text of a caller, which must not bring a line into the story of another request.
     */
    private static final int OK = 0;
    private static final int NOTHING = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;
    private final PrintStream err;

    private record Line(Instant time, String text) {}

    public Explain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @param arguments the request id, and the files to search. @return the exit code */
    public int run(List<String> arguments) {
        if (arguments.size() < 2 || !arguments.getFirst().matches("[A-Za-z0-9_.-]{1,64}")) {
            err.println("explain: expected a request id and log files");
            return MISUSED;
        }
        var id = arguments.getFirst();
        var text = Pattern.compile("^(?<time>[^ \"=]+) [^\"=]* request=" + Pattern.quote(id) + "( |$)");
        var json =
                Pattern.compile("^\\{\"time\":\"(?<time>[^\"]+)\",(\"[a-z]+\":\"([^\"\\\\]|\\\\.)*\",){3}\"request\":\""
                        + Pattern.quote(id) + "\"");
        var found = new ArrayList<Line>();
        for (var file : arguments.subList(1, arguments.size())) {
            collect(Path.of(file), List.of(text, json), found);
        }
        found.sort(Comparator.comparing(Line::time));
        found.forEach(line -> out.println(line.text()));
        if (found.isEmpty()) {
            err.println("explain: no line of request " + id);
            return NOTHING;
        }
        return OK;
    }

    private void collect(Path file, List<Pattern> forms, List<Line> found) {
        try (var reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            reader.lines().forEach(text -> {
                for (var form : forms) {
                    var matcher = form.matcher(text);
                    if (matcher.find()) {
                        found.add(new Line(time(matcher), text));
                    }
                }
            });
        } catch (IOException | UncheckedIOException e) {
            err.println("explain: " + file + " cannot be read");
        }
    }

    private static Instant time(Matcher matcher) {
        try {
            return Instant.parse(matcher.group("time"));
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }
}
