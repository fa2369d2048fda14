package io.triport.identity.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Prints the lines of one request, in order, from log files of either format. */
public final class Explain {
    private static final int OK = 0;
    private static final int NOTHING = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;
    private final PrintStream err;

    public Explain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @param arguments the request id, and the files to search. @return the exit code */
    public int run(List<String> arguments) {
        if (arguments.size() < 2 || !arguments.getFirst().matches("[A-Za-z0-9_-]{1,64}")) {
            err.println("explain: expected a request id and log files");
            return MISUSED;
        }
        var id = arguments.getFirst();
        var line = Pattern.compile("( request=" + id + "( |$))|(\"request\":\"" + id + "\")");
        var found = new ArrayList<String>();
        for (var file : arguments.subList(1, arguments.size())) {
            collect(Path.of(file), line, found);
        }
        found.forEach(out::println);
        if (found.isEmpty()) {
            err.println("explain: no line of request " + id);
            return NOTHING;
        }
        return OK;
    }

    private void collect(Path file, Pattern line, List<String> found) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            reader.lines().filter(text -> line.matcher(text).find()).forEach(found::add);
        } catch (IOException e) {
            err.println("explain: " + file + " cannot be read");
        }
    }
}
