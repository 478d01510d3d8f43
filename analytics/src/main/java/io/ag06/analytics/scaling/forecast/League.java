package io.ag06.analytics.scaling.forecast;

import io.ag06.analytics.scaling.memory.History;
import io.ag06.analytics.scaling.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The methods that compete to forecast a series. A new one joins by a class and a line here.
 *
 * <p>The first members are the naive method and the seasonal naive method of each season: the others are held against
 * them. Of each other kind there are a few with different settings: slow and quick, near and far. None is tuned to any
 * data; which of them serve a series its back-tests show.
 */
final class League {
    private static final int AUTOREGRESSION_NEAR = 26;
    private static final int AUTOREGRESSION_LONG = 50;
    private static final int WAVES = 6;
    private static final int SHORTEST_CYCLES = 8;
    private static final int LONGEST_CYCLES = 4;

    private final ForecastSettings settings;
    private final History values;
    private final List<Domain> domains = new ArrayList<>();
    private final List<Domain> domainOf = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();
    private final int benchmarks;

    League(ForecastSettings settings, Memory memory) {
        this.settings = settings;
        int longest = Math.max(AUTOREGRESSION_LONG, settings.longestSeason());
        int kept = Math.max(
                        longest,
                        Math.max(
                                LONGEST_CYCLES * settings.longestSeason(), SHORTEST_CYCLES * settings.shortestSeason()))
                + 2;
        this.values = new History(memory, kept);
        domains.add(Domain.plain(memory, values, (m, history) -> plainMethods(m, history)));
        domains.add(Domain.logarithms(
                memory,
                values,
                kept,
                Math.max(10, settings.shortestSeason()),
                (m, history) -> methods("log ", m, history)));
        for (Domain domain : domains) {
            for (Method method : domain.methods()) {
                methods.add(method);
                domainOf.add(domain);
            }
        }
        this.benchmarks = 1 + settings.seasons().size();
    }

    private List<Method> plainMethods(Memory memory, History history) {
        List<Method> plain = new ArrayList<>();
        plain.add(new SeasonalNaive("naive", history, 1));
        for (int season : settings.seasons()) {
            plain.add(new SeasonalNaive("seasonal naive " + season, history, season));
        }
        plain.addAll(methods("", memory, history));
        return plain;
    }

    private List<Method> methods(String prefix, Memory memory, History history) {
        List<Method> list = new ArrayList<>();
        double memorySteps = Math.max(1000, 6 * settings.longestSeason());
        if (!settings.seasons().isEmpty()) {
            addSeasonal(prefix, memory, history, memorySteps, list);
        }
        list.add(new Theta(prefix + "Theta", memory, settings.shortestSeason(), memorySteps / 2));
        list.add(new HoltWinters(
                prefix + "Holt-Winters, damped", memory, settings.seasons(), 0.1, 0.01, 0.98, gains(0.1, 0.1), 0));
        list.add(new Autoregression(
                prefix + "autoregression, long", memory, history, lags(0, 1, AUTOREGRESSION_LONG), memorySteps));
        return list;
    }

    private void addSeasonal(String prefix, Memory memory, History history, double memorySteps, List<Method> list) {
        int shortest = settings.shortestSeason();
        int longest = settings.longestSeason();
        List<Integer> seasons = settings.seasons();
        list.add(new SeasonalMedian(prefix + "median of 7", history, shortest, 7, 0.9));
        list.add(new SeasonalMedian(prefix + "median of 3", history, shortest, 3, 0.98));
        if (longest > shortest) {
            list.add(new SeasonalMedian(prefix + "median of 4, longest season", history, longest, 4, 0));
            list.add(new SeasonalMedian(prefix + "median of 4, longest season, level", history, longest, 4, 0.95));
        }
        list.add(new SeasonalProfile(prefix + "profile, slow", memory, seasons, 0.002, gains(0.03, 0.2), memorySteps));
        list.add(new SeasonalProfile(prefix + "profile", memory, seasons, 0.01, gains(0.1, 0.1), memorySteps));
        list.add(new SeasonalProfile(prefix + "profile, quick", memory, seasons, 0.03, gains(0.2, 0.3), memorySteps));
        list.add(new HoltWinters(prefix + "Holt-Winters, slow", memory, seasons, 0.005, 0, 1, gains(0.1, 0.2), 0.8));
        list.add(new HoltWinters(prefix + "Holt-Winters", memory, seasons, 0.02, 0, 1, gains(0.1, 0.1), 0.9));
        list.add(
                new HoltWinters(prefix + "Holt-Winters, steady", memory, seasons, 0.002, 0, 1, gains(0.05, 0.3), 0.95));
        list.add(new FourierTerms(prefix + "Fourier terms", memory, seasons, WAVES, memorySteps));
        list.add(new Autoregression(prefix + "autoregression, few", memory, history, lags(1, 1, 3), memorySteps));
        list.add(new Autoregression(prefix + "autoregression, near", memory, history, lags(2, 1, 12), memorySteps));
        list.add(new Autoregression(
                prefix + "autoregression, day",
                memory,
                history,
                lags(1, 1, Math.min(shortest + 2, AUTOREGRESSION_NEAR)),
                memorySteps));
    }

    /** The gain of the shortest season, and of the others. */
    private List<Double> gains(double first, double others) {
        List<Double> gains = new ArrayList<>();
        for (int season : settings.seasons()) {
            gains.add(season == settings.shortestSeason() ? first : others);
        }
        return gains;
    }

    /** Lags from near to far, and where around is 1 or more those so far around one of each season. */
    private int[] lags(int around, int from, int to) {
        TreeSet<Integer> lags = new TreeSet<>();
        for (int lag = from; lag <= to; lag++) {
            lags.add(lag);
        }
        if (around > 0) {
            for (int season : settings.seasons()) {
                for (int lag = Math.max(1, season - around); lag <= season + around; lag++) {
                    lags.add(lag);
                }
            }
        }
        return lags.stream().mapToInt(Integer::intValue).toArray();
    }

    int size() {
        return methods.size();
    }

    /** How many of the first members are the naive methods. */
    int benchmarks() {
        return benchmarks;
    }

    /** The one that others are held against: the seasonal naive method of the shortest season, if there is one. */
    int benchmark() {
        return benchmarks > 1 ? 1 : 0;
    }

    String name(int method) {
        return methods.get(method).name();
    }

    /** Whether a method has a forecast. */
    boolean isReady(int method) {
        return methods.get(method).isReady();
    }

    /** The values of the series so far. */
    History values() {
        return values;
    }

    /** Shows the next value to all. */
    void observe(double value) {
        domains.forEach(domain -> domain.observe(value));
        values.add(value);
    }

    /** Forecasts of each method as far ahead as the settings say; NaN where it has none. */
    List<double[]> forecasts() {
        List<double[]> forecasts = new ArrayList<>(methods.size());
        for (int method = 0; method < methods.size(); method++) {
            double[] into = new double[settings.horizon()];
            domainOf.get(method).forecast(methods.get(method), into);
            forecasts.add(into);
        }
        return forecasts;
    }
}
