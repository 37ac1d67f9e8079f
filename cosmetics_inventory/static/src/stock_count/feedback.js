/** A sound for each outcome: whoever counts looks at the goods, not at the screen. */

const TONES = {success: [880], warning: [440, 440], danger: [220, 180]};

export function playTone(kind) {
    const Audio = window.AudioContext || window.webkitAudioContext;
    if (!Audio) {
        return;
    }
    playTone.context ||= new Audio();
    const context = playTone.context;
    TONES[kind].forEach((frequency, index) => {
        const tone = context.createOscillator();
        const volume = context.createGain();
        const start = context.currentTime + index * 0.16;
        tone.frequency.value = frequency;
        volume.gain.value = 0.15;
        tone.connect(volume).connect(context.destination);
        tone.start(start);
        tone.stop(start + 0.12);
    });
}
