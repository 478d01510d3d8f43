package io.ag06.pipeline.operator.scaling;

import io.ag06.analytics.scaling.load.MinuteLoad;
import io.ag06.analytics.scaling.service.Announcement;
import io.ag06.analytics.scaling.service.ServiceMemory;
import io.ag06.analytics.scaling.service.ServiceScaling;
import io.ag06.pipeline.event.LoadPart;
import io.ag06.pipeline.row.ScalingRow;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Closes each minute of each service once, when event time has come to its end, and announces what follows from it.
 *
 * <p>What is kept: the memory of the service, of one size for all (docs/scaling.md); and, in states of their own since
 * these are what elements touch, the load of the minutes that have not ended and of those that something came late of.
 * The services that were closed last are also held as objects ({@link ServicesInMemory}) and put into the state before
 * a checkpoint. When it is forgotten: when the service was not heard for a time that is set. Late events: the next
 * minute's end corrects what is remembered of the last minutes; what comes later than that is counted as
 * {@link #TOO_LATE} and otherwise left.
 */
public final class ScaleServices extends AbstractStreamOperator<ScalingRow>
        implements OneInputStreamOperator<LoadPart, ScalingRow>, Triggerable<String, VoidNamespace> {
    /** Counts events that came after their minute had ended. */
    public static final String LATE = "lateEvents";

    /** Counts those among them that came too late to correct anything. */
    public static final String TOO_LATE = "tooLateEvents";

    private static final long serialVersionUID = 1;

    private final ScalingTerms terms;
    private final long forgetAfterMinutes;
    private final int mostInMemory;
    private transient ServicesInMemory services;
    private transient ValueState<ServiceMemory> memory;
    private transient MapState<Long, MinuteLoad> open;
    private transient MapState<Long, MinuteLoad> late;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter lateEvents;
    private transient Counter tooLateEvents;

    /**
     * @param terms what decisions are made by
     * @param forgetAfter how long a service must not have been heard to be forgotten, a day at least
     * @param mostInMemory how many services a task holds as objects, at least 1
     */
    public ScaleServices(ScalingTerms terms, Duration forgetAfter, int mostInMemory) {
        this.terms = terms;
        this.forgetAfterMinutes = forgetAfter.toMinutes();
        this.mostInMemory = mostInMemory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        services = new ServicesInMemory(mostInMemory, this::store);
        memory = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("service", TypeInformation.of(ServiceMemory.class)));
        open = minutes("open-minutes");
        late = minutes("late-minutes");
        timers = getInternalTimerService("minute-ends", VoidNamespaceSerializer.INSTANCE, this);
        lateEvents = getMetricGroup().counter(LATE);
        tooLateEvents = getMetricGroup().counter(TOO_LATE);
    }

    private MapState<Long, MinuteLoad> minutes(String name) {
        return getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(name, Types.LONG, TypeInformation.of(MinuteLoad.class)));
    }

    private void store(String service, ServiceScaling state) throws Exception {
        Object before = getCurrentKey();
        setCurrentKey(service);
        memory.update(state.save());
        setCurrentKey(before);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        services.storeAll();
        super.snapshotState(context);
    }

    @Override
    public void processElement(StreamRecord<LoadPart> element) throws Exception {
        LoadPart part = element.getValue();
        long now = timers.currentWatermark();
        long ended = now == Long.MIN_VALUE ? Long.MIN_VALUE : LoadPart.lastEndedBy(now);
        if (part.minute() > ended) {
            add(open, part.minute(), part.load());
            wakeAt(LoadPart.endOf(part.minute()));
        } else {
            // It is taken up when the next minute ends.
            add(late, part.minute(), part.load());
            if (ended != Long.MAX_VALUE) {
                wakeAt(LoadPart.endOf(ended + 1));
            }
        }
    }

    private void wakeAt(long timeMillis) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timeMillis);
    }

    private static void add(MapState<Long, MinuteLoad> minutes, long minute, MinuteLoad load) throws Exception {
        MinuteLoad before = minutes.get(minute);
        minutes.put(minute, before == null ? load : before.plus(load));
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        String key = timer.getKey();
        long minute = LoadPart.lastEndedBy(timer.getTimestamp());
        ServiceScaling service = known(key);
        if (service == null) {
            begin(key, minute);
        } else if (service.announced() >= minute) {
            // Only after a restart, before event time is known again: what came was late.
            MinuteLoad load = open.get(minute);
            if (load != null) {
                open.remove(minute);
                add(late, minute, load);
            }
        } else if (isToBeForgottenBy(minute, service)) {
            closeUntilSilent(key, service);
            services.forget(key);
            memory.clear();
            begin(key, minute);
        } else {
            closeUpTo(minute, key, service);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("No timer of processing time was ever set, so none can fire: " + timer);
    }

    private ServiceScaling known(String key) throws Exception {
        ServiceScaling service = services.get(key);
        ServiceMemory stored = service == null ? memory.value() : null;
        if (stored != null) {
            service = ServiceScaling.restored(stored, terms.settings());
            services.hold(key, service);
        }
        return service;
    }

    /** Where the input has ended, event time stands at its end already when a service is heard after long. */
    private boolean isToBeForgottenBy(long minute, ServiceScaling service) throws Exception {
        if (minute - service.heard() < forgetAfterMinutes || !late.isEmpty()) {
            return false;
        }
        OptionalLong heardNext = firstOpen(minute);
        return heardNext.isEmpty() || heardNext.getAsLong() - service.heard() > forgetAfterMinutes;
    }

    /** Event time has come this far, though at the end of the input nobody was woken on the way. */
    private void closeUntilSilent(String key, ServiceScaling service) {
        while (!service.isSilent()) {
            announce(key, service.close(MinuteLoad.NONE));
        }
    }

    /** A service does not begin with a minute that it would be forgotten for by now. */
    private void begin(String key, long minute) throws Exception {
        for (Map.Entry<Long, MinuteLoad> entry : late.entries()) {
            add(open, entry.getKey(), entry.getValue());
        }
        late.clear();
        OptionalLong first = firstOpen(minute);
        while (first.isPresent() && minute - first.getAsLong() >= forgetAfterMinutes) {
            long events = open.get(first.getAsLong()).events();
            lateEvents.inc(events);
            tooLateEvents.inc(events);
            open.remove(first.getAsLong());
            first = firstOpen(minute);
        }
        if (first.isPresent()) {
            ServiceScaling service = ServiceScaling.beginningAt(first.getAsLong(), terms.settings());
            services.hold(key, service);
            closeUpTo(minute, key, service);
        }
    }

    /** The first minute, up to this one, of which something was heard and that was not closed. */
    private OptionalLong firstOpen(long upTo) throws Exception {
        return StreamSupport.stream(open.keys().spliterator(), false)
                .mapToLong(Long::longValue)
                .filter(minute -> minute <= upTo)
                .min();
    }

    private void closeUpTo(long upTo, String key, ServiceScaling service) throws Exception {
        services.change(key);
        correct(service);
        for (long minute = service.announced() + 1; minute <= upTo; minute++) {
            MinuteLoad heard = open.get(minute);
            if (heard != null) {
                open.remove(minute);
            }
            announce(key, service.close(heard == null ? MinuteLoad.NONE : heard));
        }
        wakeAgain(service);
    }

    private void announce(String key, Announcement said) {
        ScalingRows.of(key, terms, said, row -> output.collect(new StreamRecord<>(row)));
    }

    private void correct(ServiceScaling service) throws Exception {
        for (Map.Entry<Long, MinuteLoad> entry : late.entries()) {
            long minute = entry.getKey();
            MinuteLoad load = entry.getValue();
            if (minute > service.announced()) { // Of a silent service minutes wait to be closed.
                add(open, minute, load);
                continue;
            }
            lateEvents.inc(load.events());
            if (!service.correct(minute, load)) {
                tooLateEvents.inc(load.events());
            }
        }
        late.clear();
    }

    /** At the next minute's end; for a service that nothing is announced of any more, when it may be forgotten. */
    private void wakeAgain(ServiceScaling service) {
        // At the end of the input no minute follows but those that something was heard of.
        if (timers.currentWatermark() != Long.MAX_VALUE) {
            long next = service.isSilent() ? service.heard() + forgetAfterMinutes : service.announced() + 1;
            wakeAt(LoadPart.endOf(Math.max(next, service.announced() + 1)));
        }
    }
}
