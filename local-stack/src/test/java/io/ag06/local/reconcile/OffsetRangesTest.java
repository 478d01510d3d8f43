package io.ag06.local.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Ranges are a set of numbers: what is done with them is held against a set. */
class OffsetRangesTest {
    @Test
    void offsetsThatFollowEachOtherAreOneRange() {
        OffsetRanges offsets = new OffsetRanges.Builder()
                .add(3)
                .add(4)
                .add(5)
                .add(9)
                .add(11, 20)
                .build();

        assertThat(offsets).hasToString("3..5, 9, 11..20");
        assertThat(offsets.count()).isEqualTo(14);
        assertThat(offsets.size()).isEqualTo(3);
        assertThat(offsets.ranges(2)).containsExactly(new OffsetRange(3, 5), new OffsetRange(9, 9));
    }

    @Test
    void offsetsAreTakenInOrderOnly() {
        OffsetRanges.Builder offsets = new OffsetRanges.Builder().add(10, 20);

        assertThatIllegalArgumentException().isThrownBy(() -> offsets.add(9)).withMessageContaining("9");
    }

    @Property
    void minus(
            @ForAll @Size(max = 30) Set<@LongRange(max = 40) Long> these,
            @ForAll @Size(max = 30) Set<@LongRange(max = 40) Long> those) {
        Set<Long> expected = new TreeSet<>(these);
        expected.removeAll(those);

        assertThat(ranges(these).minus(ranges(those))).isEqualTo(ranges(expected));
    }

    @Property
    void plus(
            @ForAll @Size(max = 30) Set<@LongRange(max = 40) Long> these,
            @ForAll @Size(max = 30) Set<@LongRange(max = 40) Long> those) {
        Set<Long> expected = new TreeSet<>(these);
        expected.addAll(those);

        assertThat(ranges(these).plus(ranges(those))).isEqualTo(ranges(expected));
    }

    @Property
    void and(
            @ForAll @Size(max = 30) Set<@LongRange(max = 40) Long> these,
            @ForAll @Size(max = 30) Set<@LongRange(max = 40) Long> those) {
        Set<Long> expected = new TreeSet<>(these);
        expected.retainAll(those);

        assertThat(ranges(these).and(ranges(those))).isEqualTo(ranges(expected));
    }

    @Property
    void parts(
            @ForAll @Size(max = 30) Set<@LongRange(max = 40) Long> these,
            @ForAll @LongRange(max = 41) long from,
            @ForAll @LongRange(max = 41) long to) {
        TreeSet<Long> set = new TreeSet<>(these);

        assertThat(ranges(these).from(from)).isEqualTo(ranges(set.tailSet(from)));
        assertThat(ranges(these).below(to)).isEqualTo(ranges(set.headSet(to)));
        assertThat(ranges(these).countBetween(from, to))
                .isEqualTo(from > to ? 0 : set.subSet(from, true, to, true).size());
        assertThat(ranges(these).count()).isEqualTo(these.size());
        assertThat(ranges(these).isEmpty()).isEqualTo(these.isEmpty());
    }

    private static OffsetRanges ranges(Set<Long> offsets) {
        OffsetRanges.Builder builder = new OffsetRanges.Builder();
        new TreeSet<>(offsets).forEach(builder::add);
        return builder.build();
    }
}
