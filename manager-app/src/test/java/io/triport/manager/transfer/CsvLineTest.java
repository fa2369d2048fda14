package io.triport.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class CsvLineTest {
    @Test
    void plain_cells_stand_as_they_are() {
        assertThat(new CsvLine(List.of("Timestamp", "User", "", "Key Name")).text())
                .isEqualTo("Timestamp,User,,Key Name\r\n");
    }

    @Test
    void quotes_are_doubled_and_what_would_end_a_cell_is_quoted() {
        assertThat(new CsvLine(List.of("{\"a\":1,\"b\":2}", "two\nlines")).text())
                .isEqualTo("\"{\"\"a\"\":1,\"\"b\"\":2}\",\"two\nlines\"\r\n");
    }

    @Test
    void a_cell_that_would_be_a_formula_is_disarmed() {
        assertThat(new CsvLine(List.of("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "a=b")).text())
                .isEqualTo("'=1+1,'+1,'-1,'@SUM(A1),'\tx,\"'\rx\",a=b\r\n");
    }

    @Property
    void cells_are_read_back_as_they_were_but_for_the_guard(@ForAll @Size(min = 1, max = 6) List<String> cells) {
        var read = cells(new CsvLine(cells).text());

        assertThat(read).hasSameSizeAs(cells);
        for (var at = 0; at < cells.size(); at++) {
            assertThat(read.get(at)).isIn(cells.get(at), "'" + cells.get(at));
            assertThat(read.get(at)).doesNotStartWith("=").doesNotStartWith("+").doesNotStartWith("@");
        }
    }

    /** As section 2 of RFC 4180 says. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var at = 0;
        while (true) {
            var cell = new StringBuilder();
            if (line.charAt(at) == '"') {
                at++;
                while (line.charAt(at) != '"' || line.charAt(at + 1) == '"') {
                    at += line.charAt(at) == '"' ? 1 : 0;
                    cell.append(line.charAt(at++));
                }
                at++;
            } else {
                while (line.charAt(at) != ',' && line.charAt(at) != '\r') {
                    cell.append(line.charAt(at++));
                }
            }
            cells.add(cell.toString());
            if (line.charAt(at) == '\r') {
                assertThat(line.substring(at)).isEqualTo("\r\n");
                return cells;
            }
            at++;
        }
    }
}
