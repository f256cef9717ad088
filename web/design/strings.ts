import { defineStrings } from '../i18n/strings.ts';

/** Words of the small components. */
export const strings = defineStrings({
  en: {
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'This browser did not allow copying. Select the text and copy it by hand.',
    close: 'Close',
    evidence: {
      observed: 'observed',
      observedMeaning: 'Seen by our own socket calls and callbacks: accept, data, end, close, datagram.',
      kernel: 'kernel',
      kernelMeaning: 'Read from the operating system’s socket table and counters.',
      captured: 'captured',
      capturedMeaning: 'A packet that a capture took off the interface.',
      simulated: 'simulated',
      simulatedMeaning: 'A packet of the lab: a real TCP/IP stack of ours on a virtual wire.',
      derived: 'derived',
      derivedMeaning: 'Computed from what was seen, by a rule that the page names.',
    },
  },
  'zh-CN': {
    copy: '复制',
    copied: '已复制',
    copyFailed: '浏览器不允许写入剪贴板，请选中文字后手动复制。',
    close: '关闭',
    evidence: {
      observed: '观测',
      observedMeaning: '来自我们自己的套接字调用和回调：accept、data、end、close、数据报。',
      kernel: '内核',
      kernelMeaning: '读自操作系统的套接字表和计数器。',
      captured: '抓包',
      capturedMeaning: '抓包程序从网络接口上截获的数据包。',
      simulated: '模拟',
      simulatedMeaning: '实验室里的数据包：我们自己的真实 TCP/IP 协议栈，跑在虚拟线路上。',
      derived: '推导',
      derivedMeaning: '按页面写明的规则，从已观测到的内容计算得出。',
    },
  },
});
